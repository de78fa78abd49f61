"""Which of a report's files its records were read from."""

# Of the row of `reports` at hand: the first place of the bytes that its records, pages and boxes are from. Null where
# they are not known (a database from before their digest was kept, with several files of the report's format).
PATH_READ = """
    (select case when count(distinct sources.sha256) = 1 then min(sources.path_or_url) end from sources
    where sources.report_id = reports.id and (sources.sha256 = reports.source_sha256
        or (reports.source_sha256 is null and sources.format = reports.format)))
"""
