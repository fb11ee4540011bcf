"""What ships in workbook_templates is what today's code builds."""

from workbook_templates.build import TEMPLATE, build_template


def test_the_template_is_current(tmp_path):
    """The blank workbook in the repository is the one that is built now, byte for byte."""
    built = tmp_path / "client_workbook.xlsx"
    build_template(built)
    assert TEMPLATE.read_bytes() == built.read_bytes(), "run: python -m workbook_templates.build"
