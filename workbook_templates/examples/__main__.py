"""Write the example exports again."""

from workbook_templates.examples import CARTA_EXAMPLE, build_carta_example
from workbook_templates.examples.platforms import WORKBOOKS, build_workbook

build_carta_example(CARTA_EXAMPLE)
for name in WORKBOOKS:
    build_workbook(name)
