"""The client workbook's sheets, one module each; every module has one public function that adds its sheet."""
