"""The records: what a document, a report and a finding hold, and the facts that reading and checking rest on."""
