"""Pictures: bars, histograms, boxes, lines, and the curve of a rule, as SVG text for a page.

A function takes plain figures and names, and returns one `<svg>`. Coordinates are exact decimals,
cut to hundredths; every text is escaped, also those of attributes; there is no script, no style
sheet, no id and no link in it, so that many pictures stand in one page under a content policy that
allows nothing. Greys keep what colours say: fills differ in lightness, lines in their dashes and
marks, and what matters is written beside them.

The rooms: `svg` and `paint` write elements, `axis` turns figures into coordinates; `bars`,
`histogram`, `boxes`, `lines` and `curve` are the pictures; `pieces` is the shape of a rule, which
`from_policy` reads out of a resolved policy. Nothing here knows of result folders.
"""
