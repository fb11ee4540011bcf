' The worksheet functions, written from the registry.
Option Explicit

Public Function AMT_ROOM(income As Variant, status As Variant, year As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_ROOM.VB_Description = "Largest ISO spread that can be exercised in the year with no AMT [dollars]"
    AMT_ROOM = Answer("AMT_ROOM", Array(income, status, year, labels, amounts, jurisdiction))
End Function

Public Function AMT_ROOM_SHARES(income As Variant, status As Variant, year As Variant, strike As Variant, fmv_at_exercise As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant, Optional shares_available As Variant) As Variant
Attribute AMT_ROOM_SHARES.VB_Description = "Whole shares that can be exercised in the year with no AMT [shares]"
    AMT_ROOM_SHARES = Answer("AMT_ROOM_SHARES", Array(income, status, year, strike, fmv_at_exercise, labels, amounts, jurisdiction, shares_available))
End Function

Public Function AMT_CUSHION(income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_CUSHION.VB_Description = "Regular tax less tentative minimum tax, with this ISO spread [dollars]"
    AMT_CUSHION = Answer("AMT_CUSHION", Array(income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_OWED(income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_OWED.VB_Description = "Alternative minimum tax on the year's facts with this ISO spread [dollars]"
    AMT_OWED = Answer("AMT_OWED", Array(income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_TENTATIVE_TAX(income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_TENTATIVE_TAX.VB_Description = "Tentative minimum tax on the year's facts with this ISO spread [dollars]"
    AMT_TENTATIVE_TAX = Answer("AMT_TENTATIVE_TAX", Array(income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_INCOME(income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_INCOME.VB_Description = "Alternative minimum taxable income with this ISO spread [dollars]"
    AMT_INCOME = Answer("AMT_INCOME", Array(income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_EXEMPTION(amti As Variant, status As Variant, year As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_EXEMPTION.VB_Description = "AMT exemption after its phase-out [dollars]"
    AMT_EXEMPTION = Answer("AMT_EXEMPTION", Array(amti, status, year, jurisdiction))
End Function

Public Function AMT_REGULAR_TAX(income As Variant, status As Variant, year As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_REGULAR_TAX.VB_Description = "Regular tax before credits [dollars]"
    AMT_REGULAR_TAX = Answer("AMT_REGULAR_TAX", Array(income, status, year, labels, amounts, jurisdiction))
End Function

Public Function AMT_TAXABLE_INCOME(income As Variant, status As Variant, year As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_TAXABLE_INCOME.VB_Description = "Taxable income: all income less the deductions, zero or more [dollars]"
    AMT_TAXABLE_INCOME = Answer("AMT_TAXABLE_INCOME", Array(income, status, year, labels, amounts, jurisdiction))
End Function

Public Function AMT_TOTAL_TAX(income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_TOTAL_TAX.VB_Description = "Federal tax of the year with this ISO spread: regular tax, AMT and the two surtaxes, less credits [dollars]"
    AMT_TOTAL_TAX = Answer("AMT_TOTAL_TAX", Array(income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_ROOM_KEEPING_CREDIT(income As Variant, status As Variant, year As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_ROOM_KEEPING_CREDIT.VB_Description = "Largest ISO spread with no AMT that uses as much minimum tax credit this year as exercising nothing [dollars]"
    AMT_ROOM_KEEPING_CREDIT = Answer("AMT_ROOM_KEEPING_CREDIT", Array(income, status, year, labels, amounts, jurisdiction))
End Function

Public Function AMT_CREDIT_EARNED(income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_CREDIT_EARNED.VB_Description = "Minimum tax credit that the year's AMT earns: the part of it that comes from deferral items [dollars]"
    AMT_CREDIT_EARNED = Answer("AMT_CREDIT_EARNED", Array(income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_CREDIT_USED(income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_CREDIT_USED.VB_Description = "Minimum tax credit used this year, out of the credit entered under the label Minimum tax credit [dollars]"
    AMT_CREDIT_USED = Answer("AMT_CREDIT_USED", Array(income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_CREDIT_CARRIED(income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_CREDIT_CARRIED.VB_Description = "Minimum tax credit left after this year's use, before adding what this year earns [dollars]"
    AMT_CREDIT_CARRIED = Answer("AMT_CREDIT_CARRIED", Array(income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_CREDIT_YEARS(credit As Variant, incomes As Variant, statuses As Variant, years As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_CREDIT_YEARS.VB_Description = "How a minimum tax credit is recovered: what each year uses, and what is left for the next [a table: year, credit used, credit left]"
    AMT_CREDIT_YEARS = Answer("AMT_CREDIT_YEARS", Array(credit, incomes, statuses, years, labels, amounts, jurisdiction))
End Function

Public Function AMT_SPREAD_FOR(income As Variant, status As Variant, year As Variant, amt_budget As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_SPREAD_FOR.VB_Description = "Largest ISO spread whose AMT stays within a budget; with a budget of 0 this is AMT_ROOM [dollars]"
    AMT_SPREAD_FOR = Answer("AMT_SPREAD_FOR", Array(income, status, year, amt_budget, labels, amounts, jurisdiction))
End Function

Public Function AMT_INCOME_FOR(income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_INCOME_FOR.VB_Description = "Least additional ordinary income, such as a bonus or an NSO exercise, that would absorb the spread's AMT [dollars]"
    AMT_INCOME_FOR = Answer("AMT_INCOME_FOR", Array(income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_SHARES_TO_SELL(income As Variant, status As Variant, year As Variant, shares As Variant, strike As Variant, fmv_at_exercise As Variant, sale_price As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_SHARES_TO_SELL.VB_Description = "Fewest of this year's exercised ISO shares to sell before the year ends to bring AMT to zero [shares]"
    AMT_SHARES_TO_SELL = Answer("AMT_SHARES_TO_SELL", Array(income, status, year, shares, strike, fmv_at_exercise, sale_price, labels, amounts, jurisdiction))
End Function

Public Function AMT_MARGINAL_RATE(income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_MARGINAL_RATE.VB_Description = "Total tax on the next dollar of ISO spread: its AMT, plus any minimum tax credit it displaces this year [fraction]"
    AMT_MARGINAL_RATE = Answer("AMT_MARGINAL_RATE", Array(income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_CURVE(income As Variant, status As Variant, year As Variant, max_spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_CURVE.VB_Description = "The year's taxes from no spread to the largest, one row at every kink: lines are straight in between [a table: spread, regular tax, tentative minimum tax, AMT]"
    AMT_CURVE = Answer("AMT_CURVE", Array(income, status, year, max_spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_ROOM_BY_INCOME(from_income As Variant, to_income As Variant, status As Variant, year As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_ROOM_BY_INCOME.VB_Description = "The room at every income between two, one row at every kink: lines are straight in between [a table: income, room, change in room per additional dollar of income]"
    AMT_ROOM_BY_INCOME = Answer("AMT_ROOM_BY_INCOME", Array(from_income, to_income, status, year, labels, amounts, jurisdiction))
End Function

Public Function AMT_BREAK_EVEN(shares As Variant, strike As Variant, fmv_at_exercise As Variant, price_now As Variant, income As Variant, status As Variant, year As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant, Optional later_income As Variant, Optional later_year As Variant, Optional credit_left_at As Variant) As Variant
Attribute AMT_BREAK_EVEN.VB_Description = "Later price at which holding this year's ISO shares to a qualifying sale equals selling them by December 31 [dollars per share]"
    AMT_BREAK_EVEN = Answer("AMT_BREAK_EVEN", Array(shares, strike, fmv_at_exercise, price_now, income, status, year, labels, amounts, jurisdiction, later_income, later_year, credit_left_at))
End Function

Public Function AMT_DECEMBER(way As Variant, figure As Variant, lot_shares As Variant, lots As Variant, price_now As Variant, later_price As Variant, incomes As Variant, statuses As Variant, years As Variant, spreads As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant, Optional credit_left_at As Variant, Optional discount_rate As Variant) As Variant
Attribute AMT_DECEMBER.VB_Description = "A figure of December's table: this year's ISO shares held, sold by December 31, or sold next year [dollars, or dollars per share]"
    AMT_DECEMBER = Answer("AMT_DECEMBER", Array(way, figure, lot_shares, lots, price_now, later_price, incomes, statuses, years, spreads, labels, amounts, jurisdiction, credit_left_at, discount_rate))
End Function

Public Function AMT_FORM(form As Variant, income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_FORM.VB_Description = "A tax form on the year's facts with this ISO spread, line by line, to tick against the paper [a table: line, words, amount]"
    AMT_FORM = Answer("AMT_FORM", Array(form, income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_LINE(form As Variant, line As Variant, income As Variant, status As Variant, year As Variant, spread As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_LINE.VB_Description = "One line of a tax form on the year's facts with this ISO spread; the forms are those of AMT_FORM [dollars]"
    AMT_LINE = Answer("AMT_LINE", Array(form, line, income, status, year, spread, labels, amounts, jurisdiction))
End Function

Public Function AMT_BARGAIN(shares As Variant, strike As Variant, fmv_at_exercise As Variant) As Variant
Attribute AMT_BARGAIN.VB_Description = "Bargain element of an exercise: shares x (fair market value - strike); 0 under water [dollars]"
    AMT_BARGAIN = Answer("AMT_BARGAIN", Array(shares, strike, fmv_at_exercise))
End Function

Public Function AMT_ISO_PART(shares As Variant, fmv_at_grant As Variant, value_before As Variant) As Variant
Attribute AMT_ISO_PART.VB_Description = "ISO shares of a tranche under the $100,000 rule: whole shares, rounded down (IRC 422(d)) [shares]"
    AMT_ISO_PART = Answer("AMT_ISO_PART", Array(shares, fmv_at_grant, value_before))
End Function

Public Function AMT_NSO_PART(shares As Variant, fmv_at_grant As Variant, value_before As Variant) As Variant
Attribute AMT_NSO_PART.VB_Description = "NSO shares of a tranche under the $100,000 rule: the shares that are not in AMT_ISO_PART (IRC 422(d)) [shares]"
    AMT_NSO_PART = Answer("AMT_NSO_PART", Array(shares, fmv_at_grant, value_before))
End Function

Public Function AMT_VESTED(shares As Variant, start As Variant, schedule As Variant, as_of As Variant) As Variant
Attribute AMT_VESTED.VB_Description = "Shares of an award that have vested by the end of a day [shares]"
    AMT_VESTED = Answer("AMT_VESTED", Array(shares, start, schedule, as_of))
End Function

Public Function AMT_SALE_KIND(shares As Variant, strike As Variant, fmv_at_exercise As Variant, sale_price As Variant, grant_date As Variant, exercise_date As Variant, sale_date As Variant, Optional vest_date As Variant, Optional fmv_at_vest As Variant, Optional election_83b As Variant, Optional loss_allowed As Variant) As Variant
Attribute AMT_SALE_KIND.VB_Description = "Kind of a sale of ISO shares: qualifying, disqualifying or same-year [text]"
    AMT_SALE_KIND = Answer("AMT_SALE_KIND", Array(shares, strike, fmv_at_exercise, sale_price, grant_date, exercise_date, sale_date, vest_date, fmv_at_vest, election_83b, loss_allowed))
End Function

Public Function AMT_SALE_WAGES(shares As Variant, strike As Variant, fmv_at_exercise As Variant, sale_price As Variant, grant_date As Variant, exercise_date As Variant, sale_date As Variant, Optional vest_date As Variant, Optional fmv_at_vest As Variant, Optional election_83b As Variant, Optional loss_allowed As Variant) As Variant
Attribute AMT_SALE_WAGES.VB_Description = "Wages from a sale of ISO shares: the spread at exercise, if the sale is disqualifying, else 0 (IRC 421(b)) [dollars]"
    AMT_SALE_WAGES = Answer("AMT_SALE_WAGES", Array(shares, strike, fmv_at_exercise, sale_price, grant_date, exercise_date, sale_date, vest_date, fmv_at_vest, election_83b, loss_allowed))
End Function

Public Function AMT_SALE_AMT_INCOME(shares As Variant, strike As Variant, fmv_at_exercise As Variant, sale_price As Variant, grant_date As Variant, exercise_date As Variant, sale_date As Variant, Optional vest_date As Variant, Optional fmv_at_vest As Variant, Optional election_83b As Variant, Optional loss_allowed As Variant) As Variant
Attribute AMT_SALE_AMT_INCOME.VB_Description = "AMT income from a sale of ISO shares, for its own year: the spread, up to the gain, if it is a same-year sale [dollars]"
    AMT_SALE_AMT_INCOME = Answer("AMT_SALE_AMT_INCOME", Array(shares, strike, fmv_at_exercise, sale_price, grant_date, exercise_date, sale_date, vest_date, fmv_at_vest, election_83b, loss_allowed))
End Function

Public Function AMT_SALE_GAIN(shares As Variant, strike As Variant, fmv_at_exercise As Variant, sale_price As Variant, grant_date As Variant, exercise_date As Variant, sale_date As Variant, Optional vest_date As Variant, Optional fmv_at_vest As Variant, Optional election_83b As Variant, Optional loss_allowed As Variant) As Variant
Attribute AMT_SALE_GAIN.VB_Description = "Capital gain on a sale of ISO shares for the regular tax; a loss is negative, or 0 if it is not allowed [dollars]"
    AMT_SALE_GAIN = Answer("AMT_SALE_GAIN", Array(shares, strike, fmv_at_exercise, sale_price, grant_date, exercise_date, sale_date, vest_date, fmv_at_vest, election_83b, loss_allowed))
End Function

Public Function AMT_SALE_AMT_GAIN(shares As Variant, strike As Variant, fmv_at_exercise As Variant, sale_price As Variant, grant_date As Variant, exercise_date As Variant, sale_date As Variant, Optional vest_date As Variant, Optional fmv_at_vest As Variant, Optional election_83b As Variant, Optional loss_allowed As Variant) As Variant
Attribute AMT_SALE_AMT_GAIN.VB_Description = "Capital gain on the same sale for the AMT: proceeds less the AMT basis; 0 for a loss that is not allowed [dollars]"
    AMT_SALE_AMT_GAIN = Answer("AMT_SALE_AMT_GAIN", Array(shares, strike, fmv_at_exercise, sale_price, grant_date, exercise_date, sale_date, vest_date, fmv_at_vest, election_83b, loss_allowed))
End Function

Public Function AMT_SALE_TERM(shares As Variant, strike As Variant, fmv_at_exercise As Variant, sale_price As Variant, grant_date As Variant, exercise_date As Variant, sale_date As Variant, Optional vest_date As Variant, Optional fmv_at_vest As Variant, Optional election_83b As Variant, Optional loss_allowed As Variant, Optional system As Variant) As Variant
Attribute AMT_SALE_TERM.VB_Description = "Whether the gain on a sale of ISO shares is short or long, for the regular tax or, if system says so, the AMT [text]"
    AMT_SALE_TERM = Answer("AMT_SALE_TERM", Array(shares, strike, fmv_at_exercise, sale_price, grant_date, exercise_date, sale_date, vest_date, fmv_at_vest, election_83b, loss_allowed, system))
End Function

Public Function AMT_BASIS(shares As Variant, strike As Variant, fmv_at_exercise As Variant, system As Variant, Optional vest_date As Variant, Optional fmv_at_vest As Variant, Optional election_83b As Variant, Optional exercise_date As Variant) As Variant
Attribute AMT_BASIS.VB_Description = "Basis of ISO shares that are held: for the regular tax, what was paid; for the AMT, including the spread [dollars]"
    AMT_BASIS = Answer("AMT_BASIS", Array(shares, strike, fmv_at_exercise, system, vest_date, fmv_at_vest, election_83b, exercise_date))
End Function

Public Function AMT_LOSS_CARRIED(income As Variant, status As Variant, year As Variant, spread As Variant, term As Variant, system As Variant, Optional labels As Variant, Optional amounts As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_LOSS_CARRIED.VB_Description = "Capital loss carried over to the next year: short- or long-term, for the regular tax or refigured for the AMT [dollars]"
    AMT_LOSS_CARRIED = Answer("AMT_LOSS_CARRIED", Array(income, status, year, spread, term, system, labels, amounts, jurisdiction))
End Function

Public Function AMT_LONG_TERM_DATE(exercise_date As Variant) As Variant
Attribute AMT_LONG_TERM_DATE.VB_Description = "First day on which a sale of the shares is long-term: more than one year after the exercise (IRC 1222(3)) [date]"
    AMT_LONG_TERM_DATE = Answer("AMT_LONG_TERM_DATE", Array(exercise_date))
End Function

Public Function AMT_QUALIFYING_DATE(grant_date As Variant, exercise_date As Variant) As Variant
Attribute AMT_QUALIFYING_DATE.VB_Description = "First day of a qualifying sale of ISO shares: two years after the grant and one year after the exercise [date]"
    AMT_QUALIFYING_DATE = Answer("AMT_QUALIFYING_DATE", Array(grant_date, exercise_date))
End Function

Public Function AMT_83B_DEADLINE(transfer_date As Variant) As Variant
Attribute AMT_83B_DEADLINE.VB_Description = "Last day to file an election under IRC 83(b): the 30th day after the transfer of the shares [date]"
    AMT_83B_DEADLINE = Answer("AMT_83B_DEADLINE", Array(transfer_date))
End Function

Public Function AMT_STATE_SHARE(state_days As Variant, total_days As Variant) As Variant
Attribute AMT_STATE_SHARE.VB_Description = "Share that a state keeps taxing after a move: its workdays over all workdays of its period [fraction]"
    AMT_STATE_SHARE = Answer("AMT_STATE_SHARE", Array(state_days, total_days))
End Function

Public Function AMT_SAFE_HARBOR(this_year_tax As Variant, last_year_tax As Variant, last_year_agi As Variant, status As Variant, year As Variant, Optional jurisdiction As Variant, Optional this_year_agi As Variant) As Variant
Attribute AMT_SAFE_HARBOR.VB_Description = "Payments for the year, including withholding, that avoid the penalty for underpaying estimated tax [dollars]"
    AMT_SAFE_HARBOR = Answer("AMT_SAFE_HARBOR", Array(this_year_tax, last_year_tax, last_year_agi, status, year, jurisdiction, this_year_agi))
End Function

Public Function AMT_LAW(parameter As Variant, status As Variant, year As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_LAW.VB_Description = "A number in the law by name, such as AMT exemption, AMT 28 % rate start or Standard deduction [as the parameter: dollars, a fraction or a word]"
    AMT_LAW = Answer("AMT_LAW", Array(parameter, status, year, jurisdiction))
End Function

Public Function AMT_LAW_SOURCE(parameter As Variant, status As Variant, year As Variant, Optional jurisdiction As Variant) As Variant
Attribute AMT_LAW_SOURCE.VB_Description = "Where a number in the law is enacted: the Revenue Procedure, statute or form that sets it [text]"
    AMT_LAW_SOURCE = Answer("AMT_LAW_SOURCE", Array(parameter, status, year, jurisdiction))
End Function

Public Function AMT_WHY(function_name As Variant, ParamArray arguments() As Variant) As Variant
Attribute AMT_WHY.VB_Description = "Why a function shows an error, in one sentence; ""ok"" if it shows none [text]"
    Dim given() As Variant, item As Long
    ReDim given(0 To UBound(arguments) + 1)
    If IsObject(function_name) Then Set given(0) = function_name Else given(0) = function_name
    For item = 0 To UBound(arguments)
        If IsObject(arguments(item)) Then
            Set given(item + 1) = arguments(item)
        Else
            given(item + 1) = arguments(item)
        End If
    Next item
    AMT_WHY = Answer("AMT_WHY", given)
    If IsError(AMT_WHY) Then AMT_WHY = Trouble()
End Function
