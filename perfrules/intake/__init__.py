"""From a cycle's folder to scorecards: files -> tables -> people -> their figures.

The only room that knows CSV, spreadsheets and how people write numbers in them. A row that is
wrong is its person's problem and nobody else's; a value that is missing stays missing. This is
the way of one cell, here of the seventh row of `actuals.csv`, in a company that writes decimal
commas; `from_tables` walks it for all of them.

    E1005;销售额;1.234,50         bytes
      │  files/    csv_table, xlsx_table, json_table: encoding, separator, limits (workbook_guard)
    Row(7, [.., "1.234,50"])      raw_table: texts, each with its place
      │  tables/   sheet_names, layouts: which table it is, by its name (else strange_tables);
      │            table: which column is `actual` (wide_head where people have a row each)
      │  cells/    notation: by the signs of cycle.yaml or of the file, called as rows are walked
    Row(7, [.., "1234.50"])       as every table writes it
      │  people/   roster, ids: whose row; segment_rows: which part of somebody who moved;
      │            rules: what that person's policy looks for under 销售额
    Draft E1005, Figure sales     a number in 元, a level, a yes or no, a share
      │  figures/  from_figures, from_wide: row by row, with row_notes (source, date, evidence);
      │            figure_cells: what the text means, by numerals, dates, units of cells/
    Datum(1234.50, actuals.csv:7) the figure, with its origin
      │  history/  what earlier cycles say of E1005; plans/ the target that targets.yaml states
      │  figures/  settled_figures: when all tables are read; changes of targets that hold
    Scorecard                     from_tables: one a subject, beside what is wrong with it

What cannot be read becomes a `Refusal` (cells/numerals): a code and facts, and no place. Who knows
the place makes a finding of it, and gives it to whom the row belongs.

A room imports those before it only: cells, files, tables, people, history, figures, plans. The
modules beside them put the rooms together: `cycle_file` and `calendar_file` (what a cycle says of
itself), `cycle_tables` (where its tables are), `from_tables` (scorecards), `as_given` (the texts,
for the sheet that HR fills in), `progress` (weeks and months, for those who track). Above them
stands `forms`: what people are asked for one by one, and how what comes back gets into the tables.
"""
