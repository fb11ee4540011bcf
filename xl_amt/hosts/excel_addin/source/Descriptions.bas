' The help of the function wizard, written from the registry. Excel forgets it at its end, so it is given at each start.
Option Explicit

Public Sub DescribeFunctions()
    On Error GoTo Finished
    Application.ScreenUpdating = False
    ThisWorkbook.IsAddin = False  ' Excel takes no descriptions for a workbook that is hidden, as an add-in is
    Describe_Room
    Describe_AMT
    Describe_Regular_tax
    Describe_Credit
    Describe_Planning
    Describe_Forms
    Describe_Options
    Describe_Sales
    Describe_Losses
    Describe_Dates
    Describe_State_share
    Describe_Estimated_tax
    Describe_Law
    Describe_Help
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

Private Sub Describe_Room()
    Describe "AMT_ROOM", "xl-amt: Room", _
        "Largest ISO spread that can be exercised in the year with no AMT [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_ROOM_SHARES", "xl-amt: Room", _
        "Whole shares that can be exercised in the year with no AMT [shares]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book", _
        "Most shares that can be exercised; blank or 0: no limit [shares]")
    Describe "AMT_CUSHION", "xl-amt: Room", _
        "Regular tax less tentative minimum tax, with this ISO spread [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
End Sub

Private Sub Describe_AMT()
    Describe "AMT_OWED", "xl-amt: AMT", _
        "Alternative minimum tax on the year's facts with this ISO spread [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_TENTATIVE_TAX", "xl-amt: AMT", _
        "Tentative minimum tax on the year's facts with this ISO spread [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; US: NAME for a registered law book")
    Describe "AMT_INCOME", "xl-amt: AMT", _
        "Alternative minimum taxable income with this ISO spread [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; US: NAME for a registered law book")
    Describe "AMT_EXEMPTION", "xl-amt: AMT", _
        "AMT exemption after its phase-out [dollars]", Array( _
        "Alternative minimum taxable income (Form 6251 line 4) [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; US: NAME for a registered law book")
End Sub

Private Sub Describe_Regular_tax()
    Describe "AMT_REGULAR_TAX", "xl-amt: Regular tax", _
        "Regular tax before credits [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_TAXABLE_INCOME", "xl-amt: Regular tax", _
        "Taxable income: all income less the deductions, zero or more [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; US: NAME for a registered law book")
    Describe "AMT_TOTAL_TAX", "xl-amt: Regular tax", _
        "Federal tax of the year with this ISO spread: regular tax, AMT and the two surtaxes, less credits [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
End Sub

Private Sub Describe_Credit()
    Describe "AMT_ROOM_KEEPING_CREDIT", "xl-amt: Credit", _
        "Largest ISO spread with no AMT that uses as much minimum tax credit this year as exercising nothing [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_CREDIT_EARNED", "xl-amt: Credit", _
        "Minimum tax credit that the year's AMT earns: the part of it that comes from deferral items [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_CREDIT_USED", "xl-amt: Credit", _
        "Minimum tax credit used this year, out of the credit entered under the label Minimum tax credit [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_CREDIT_CARRIED", "xl-amt: Credit", _
        "Minimum tax credit left after this year's use, before adding what this year earns [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_CREDIT_YEARS", "xl-amt: Credit", _
        "How a minimum tax credit is recovered: what each year uses, and what is left for the next [a table: year, credit used, credit left]", Array( _
        "Minimum tax credit carried into the first year [dollars]", _
        "Wages of each year: one cell per year, or one for all years [dollars]", _
        "Filing status of each year: one cell per year, or one for all years", _
        "Tax years: one cell per year; a single year begins a series", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; US: NAME for a registered law book")
End Sub

Private Sub Describe_Planning()
    Describe "AMT_SPREAD_FOR", "xl-amt: Planning", _
        "Largest ISO spread whose AMT stays within a budget; with a budget of 0 this is AMT_ROOM [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "Most AMT that may be owed [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_INCOME_FOR", "xl-amt: Planning", _
        "Least additional ordinary income, such as a bonus or an NSO exercise, that would absorb the spread's AMT [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_SHARES_TO_SELL", "xl-amt: Planning", _
        "Fewest of this year's exercised ISO shares to sell before the year ends to bring AMT to zero [shares]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "Number of shares [shares]", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]", _
        "Sale price of the share [dollars per share]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_MARGINAL_RATE", "xl-amt: Planning", _
        "Total tax on the next dollar of ISO spread: its AMT, plus any minimum tax credit it displaces this year [fraction]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_CURVE", "xl-amt: Planning", _
        "The year's taxes from no spread to the largest, one row at every kink: lines are straight in between [a table: spread, regular tax, tentative minimum tax, AMT]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "Largest ISO spread on the curve [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_ROOM_BY_INCOME", "xl-amt: Planning", _
        "The room at every income between two, one row at every kink: lines are straight in between [a table: income, room, change in room per additional dollar of income]", Array( _
        "Lowest wages in the table (W-2 box 1) [dollars]", _
        "Highest wages in the table [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book")
    Describe "AMT_BREAK_EVEN", "xl-amt: Planning", _
        "Later price at which holding this year's ISO shares to a qualifying sale equals selling them by December 31 [dollars per share]", Array( _
        "Number of shares [shares]", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]", _
        "What a buyer pays for the share now; not an appraised value [dollars per share]", _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book", _
        "Wages of each later year; blank or 0: same as income [dollars]", _
        "Year of the later sale; blank: the next one", _
        "What a dollar of minimum tax credit left after the later sale is worth, 0 to 1; blank: nothing [fraction]")
    Describe "AMT_DECEMBER", "xl-amt: Planning", _
        "A figure of December's table: this year's ISO shares held, sold by December 31, or sold next year [dollars, or dollars per share]", Array( _
        "What is done with the shares", _
        "Name of a figure of the table, such as after tax or AMT undone, CA", _
        "Shares of each lot, one cell per lot; blank: left out [shares]", _
        "One row per lot: strike, value at exercise, grant date, exercise date; and for shares exercised early the vesting date, the value then, and yes for an 83(b) election", _
        "What a buyer pays for the share now; not an appraised value [dollars per share]", _
        "Price of the share in a later sale [dollars per share]", _
        "Wages of each year: one cell per year, or one for all years [dollars]", _
        "Filing status of each year: one cell per year, or one for all years", _
        "Tax years: one cell per year; a single year begins a series", _
        "ISO spread of each year, including that of the lots; one cell per year [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; combinations such as US+CA; US: NAME for a registered law book", _
        "What a dollar of minimum tax credit left after the later sale is worth, 0 to 1; blank: nothing [fraction]", _
        "Discount rate per year; blank: none [fraction]")
End Sub

Private Sub Describe_Forms()
    Describe "AMT_FORM", "xl-amt: Forms", _
        "A tax form on the year's facts with this ISO spread, line by line, to tick against the paper [a table: line, words, amount]", Array( _
        "Name of a tax form, such as 6251, 8801 part I or Schedule D", _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; US: NAME for a registered law book")
    Describe "AMT_LINE", "xl-amt: Forms", _
        "One line of a tax form on the year's facts with this ISO spread; the forms are those of AMT_FORM [dollars]", Array( _
        "Name of a tax form, such as 6251, 8801 part I or Schedule D", _
        "Number of a line as the form prints it, such as 2i", _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; US: NAME for a registered law book")
End Sub

Private Sub Describe_Options()
    Describe "AMT_BARGAIN", "xl-amt: Options", _
        "Bargain element of an exercise: shares x (fair market value - strike); 0 under water [dollars]", Array( _
        "Number of shares [shares]", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]")
    Describe "AMT_ISO_PART", "xl-amt: Options", _
        "ISO shares of a tranche under the $100,000 rule: whole shares, rounded down (IRC 422(d)) [shares]", Array( _
        "Number of shares [shares]", _
        "Fair market value of the share at grant [dollars per share]", _
        "Value at grant of the ISOs granted earlier that first become exercisable in the same calendar year [dollars]")
    Describe "AMT_NSO_PART", "xl-amt: Options", _
        "NSO shares of a tranche under the $100,000 rule: the shares that are not in AMT_ISO_PART (IRC 422(d)) [shares]", Array( _
        "Number of shares [shares]", _
        "Fair market value of the share at grant [dollars per share]", _
        "Value at grant of the ISOs granted earlier that first become exercisable in the same calendar year [dollars]")
    Describe "AMT_VESTED", "xl-amt: Options", _
        "Shares of an award that have vested by the end of a day [shares]", Array( _
        "Number of shares [shares]", _
        "First day of the vesting schedule [date]", _
        "Vesting schedule as exports write it, such as 1/48 monthly, 1 year cliff", _
        "Date on which shares are counted [date]")
End Sub

Private Sub Describe_Sales()
    Describe "AMT_SALE_KIND", "xl-amt: Sales", _
        "Kind of a sale of ISO shares: qualifying, disqualifying or same-year [text]", Array( _
        "Number of shares [shares]", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]", _
        "Sale price of the share [dollars per share]", _
        "Day of the grant [date]", _
        "Day of the exercise [date]", _
        "Day of the sale [date]", _
        "Date on which shares exercised early vested; blank: they were vested at exercise [date]", _
        "Fair market value of the share at vesting [dollars per share]", _
        "Whether an election under IRC 83(b) was made [yes or no]", _
        "Whether a loss would be recognized: no for a wash sale, a related party or a gift; left out: yes [yes or no]")
    Describe "AMT_SALE_WAGES", "xl-amt: Sales", _
        "Wages from a sale of ISO shares: the spread at exercise, if the sale is disqualifying, else 0 (IRC 421(b)) [dollars]", Array( _
        "Number of shares [shares]", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]", _
        "Sale price of the share [dollars per share]", _
        "Day of the grant [date]", _
        "Day of the exercise [date]", _
        "Day of the sale [date]", _
        "Date on which shares exercised early vested; blank: they were vested at exercise [date]", _
        "Fair market value of the share at vesting [dollars per share]", _
        "Whether an election under IRC 83(b) was made [yes or no]", _
        "Whether a loss would be recognized: no for a wash sale, a related party or a gift; left out: yes [yes or no]")
    Describe "AMT_SALE_AMT_INCOME", "xl-amt: Sales", _
        "AMT income from a sale of ISO shares, for its own year: the spread, up to the gain, if it is a same-year sale [dollars]", Array( _
        "Number of shares [shares]", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]", _
        "Sale price of the share [dollars per share]", _
        "Day of the grant [date]", _
        "Day of the exercise [date]", _
        "Day of the sale [date]", _
        "Date on which shares exercised early vested; blank: they were vested at exercise [date]", _
        "Fair market value of the share at vesting [dollars per share]", _
        "Whether an election under IRC 83(b) was made [yes or no]", _
        "Whether a loss would be recognized: no for a wash sale, a related party or a gift; left out: yes [yes or no]")
    Describe "AMT_SALE_GAIN", "xl-amt: Sales", _
        "Capital gain on a sale of ISO shares for the regular tax; a loss is negative, or 0 if it is not allowed [dollars]", Array( _
        "Number of shares [shares]", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]", _
        "Sale price of the share [dollars per share]", _
        "Day of the grant [date]", _
        "Day of the exercise [date]", _
        "Day of the sale [date]", _
        "Date on which shares exercised early vested; blank: they were vested at exercise [date]", _
        "Fair market value of the share at vesting [dollars per share]", _
        "Whether an election under IRC 83(b) was made [yes or no]", _
        "Whether a loss would be recognized: no for a wash sale, a related party or a gift; left out: yes [yes or no]")
    Describe "AMT_SALE_AMT_GAIN", "xl-amt: Sales", _
        "Capital gain on the same sale for the AMT: proceeds less the AMT basis; 0 for a loss that is not allowed [dollars]", Array( _
        "Number of shares [shares]", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]", _
        "Sale price of the share [dollars per share]", _
        "Day of the grant [date]", _
        "Day of the exercise [date]", _
        "Day of the sale [date]", _
        "Date on which shares exercised early vested; blank: they were vested at exercise [date]", _
        "Fair market value of the share at vesting [dollars per share]", _
        "Whether an election under IRC 83(b) was made [yes or no]", _
        "Whether a loss would be recognized: no for a wash sale, a related party or a gift; left out: yes [yes or no]")
    Describe "AMT_SALE_TERM", "xl-amt: Sales", _
        "Whether the gain on a sale of ISO shares is short or long, for the regular tax or, if system says so, the AMT [text]", Array( _
        "Number of shares [shares]", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]", _
        "Sale price of the share [dollars per share]", _
        "Day of the grant [date]", _
        "Day of the exercise [date]", _
        "Day of the sale [date]", _
        "Date on which shares exercised early vested; blank: they were vested at exercise [date]", _
        "Fair market value of the share at vesting [dollars per share]", _
        "Whether an election under IRC 83(b) was made [yes or no]", _
        "Whether a loss would be recognized: no for a wash sale, a related party or a gift; left out: yes [yes or no]", _
        "Which tax: regular or AMT")
    Describe "AMT_BASIS", "xl-amt: Sales", _
        "Basis of ISO shares that are held: for the regular tax, what was paid; for the AMT, including the spread [dollars]", Array( _
        "Number of shares [shares]", _
        "Exercise price of the option [dollars per share]", _
        "Fair market value of the share at exercise [dollars per share]", _
        "Which tax: regular or AMT", _
        "Date on which shares exercised early vested; blank: they were vested at exercise [date]", _
        "Fair market value of the share at vesting [dollars per share]", _
        "Whether an election under IRC 83(b) was made [yes or no]", _
        "Day of the exercise [date]")
End Sub

Private Sub Describe_Losses()
    Describe "AMT_LOSS_CARRIED", "xl-amt: Losses", _
        "Capital loss carried over to the next year: short- or long-term, for the regular tax or refigured for the AMT [dollars]", Array( _
        "Wages (W-2 box 1); for a quick question, all ordinary income [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "ISO spread exercised in the year: shares x (value - strike) [dollars]", _
        "Which holding period: short or long", _
        "Which tax: regular or AMT", _
        "Labels of additional facts, such as Interest or Age; a range", _
        "Their amounts, in a range of the same shape", _
        "US (also if blank); CA, CO, CT, MN or any other state by its two letters; US: NAME for a registered law book")
End Sub

Private Sub Describe_Dates()
    Describe "AMT_LONG_TERM_DATE", "xl-amt: Dates", _
        "First day on which a sale of the shares is long-term: more than one year after the exercise (IRC 1222(3)) [date]", Array( _
        "Day of the exercise [date]")
    Describe "AMT_QUALIFYING_DATE", "xl-amt: Dates", _
        "First day of a qualifying sale of ISO shares: two years after the grant and one year after the exercise [date]", Array( _
        "Day of the grant [date]", _
        "Day of the exercise [date]")
    Describe "AMT_83B_DEADLINE", "xl-amt: Dates", _
        "Last day to file an election under IRC 83(b): the 30th day after the transfer of the shares [date]", Array( _
        "Date the shares were transferred: the exercise date [date]")
End Sub

Private Sub Describe_State_share()
    Describe "AMT_STATE_SHARE", "xl-amt: State share", _
        "Share that a state keeps taxing after a move: its workdays over all workdays of its period [fraction]", Array( _
        "Days worked in the state from the grant to the end of its period [days]", _
        "Days worked anywhere in the same period [days]")
End Sub

Private Sub Describe_Estimated_tax()
    Describe "AMT_SAFE_HARBOR", "xl-amt: Estimated tax", _
        "Payments for the year, including withholding, that avoid the penalty for underpaying estimated tax [dollars]", Array( _
        "This year's total tax, including AMT and surtaxes [dollars]", _
        "Last year's total tax, from its return [dollars]", _
        "Last year's adjusted gross income (Form 1040; for CA Form 540 line 17) [dollars]", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "US (also if blank); CA; US: NAME for a registered law book", _
        "This year's adjusted gross income, which California requires; blank or 0: not known [dollars]")
End Sub

Private Sub Describe_Law()
    Describe "AMT_LAW", "xl-amt: Law", _
        "A number in the law by name, such as AMT exemption, AMT 28 % rate start or Standard deduction [as the parameter: dollars, a fraction or a word]", Array( _
        "Name of a number in the law, such as AMT exemption", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "US (also if blank); CA, CO, CT, MN, NJ, NY; US: NAME for a registered law book")
    Describe "AMT_LAW_SOURCE", "xl-amt: Law", _
        "Where a number in the law is enacted: the Revenue Procedure, statute or form that sets it [text]", Array( _
        "Name of a number in the law, such as AMT exemption", _
        "Filing status: single, mfj, mfs, hoh or qss", _
        "Tax year", _
        "US (also if blank); CA, CO, CT, MN, NJ, NY; US: NAME for a registered law book")
End Sub

Private Sub Describe_Help()
    Describe "AMT_WHY", "xl-amt: Help", _
        "Why a function shows an error, in one sentence; ""ok"" if it shows none [text]", Array( _
        "Name of a worksheet function, such as AMT_ROOM", _
        "The arguments of that function, as they appear in its cell")
End Sub
