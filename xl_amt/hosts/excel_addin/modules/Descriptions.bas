' The help of the function wizard, written from the registry. Excel forgets it at its end, so it is given at each start.
Option Explicit

Public Sub DescribeFunctions()
    On Error GoTo Finished
    Application.ScreenUpdating = False
    ThisWorkbook.IsAddin = False  ' Excel takes no descriptions for a workbook that is hidden, as an add-in is
@CATEGORIES@
Finished:
    ThisWorkbook.IsAddin = True
    ThisWorkbook.Saved = True
    Application.ScreenUpdating = True
End Sub

Private Sub Describe( _
        ByVal name As String, ByVal category As String, ByVal description As String, ByVal arguments As Variant)
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & name, Description:=description, _
        Category:=category, ArgumentDescriptions:=arguments
End Sub
