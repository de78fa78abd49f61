"""Imported once by the server that reading processes are forked from, so that each of them starts with all at hand.

A forked process looks up the main program's modules, too (`pipeline.program`: little).
The sample makes the extraction build what it builds at its first use (patterns of all office names and the like), a
second or more. A damaged line makes it load the known words, their counts and their index by letters (22 MB, 0.5 s),
which the forked processes then share.
"""

import contextlib

import pipeline.limits
import pipeline.program  # noqa: F401
from extractors.read import read_bytes
from extractors.thai.plausibility import plausibility
from extractors.thai.repair import repair
from pipeline.reading import report_in

_SAMPLE = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๔
องค์การบริหารส่วนตำบลตัวอย่าง

ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๓ คะแนน ๘๐.๐๐ ระดับ B
- ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่ ได้คะแนน ๘๐.๐๐

ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการตามมาตรการ
๑\tการปฏิบัติหน้าที่\t๑. จัดทำคู่มือ\t๑. ประชุมร่วมกับ สพป.ภูเก็ต และโรงเรียนตัวอย่าง เมื่อวันที่ ๑ มกราคม ๒๕๖๔

มาตรการที่ ๑ จัดทำคู่มือ
ผู้รับผิดชอบ : สำนักปลัด
- ยังไม่ได้ดำเนินการ
"""

_DAMAGED = "สา นักงานพฒันาชุมชน"

# A fault here would end the server without a word; met again with a file, it is told as that file's failure.
with contextlib.suppress(Exception):
    report_in(read_bytes(_SAMPLE.encode()))
    plausibility(repair(_DAMAGED).text)
