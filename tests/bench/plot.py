# SPDX-License-Identifier: MIT
"""The measurements of peers.py as an SVG: a bar for each, their length the logarithm of
the rate; its colours suit a light page and a dark one."""
import math
from html import escape

LEFT, WIDTH, LINE, GAP = 190, 400, 22, 34


def shown(rate):
    """MB/s, two digits that count."""
    return f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}" if rate >= 1 else f"{rate:.2f}"


def bar(row, y, low, high):
    """One row: its name, its bar, its rate."""
    length = max(3, WIDTH * (math.log10(row["rate"]) - low) / (high - low))
    kind = "own" if row["who"] == "citeconv" else "peer"
    times = "" if kind == "own" else f" MB/s, 1/{row['ratio']:.{0 if row['ratio'] >= 10 else 1}f}"
    return (f'<text class="name" x="{LEFT - 8}" y="{y + 15}">{escape(row["who"])}</text>\n'
            f'<rect class="{kind}" x="{LEFT}" y="{y + 2}" width="{length:.1f}" '
            f'height="{LINE - 5}" rx="2"/>\n'
            f'<text x="{LEFT + length + 6:.1f}" y="{y + 15}">{shown(row["rate"])}'
            f'{times or " MB/s"}</text>\n')


def plot(rows):
    """The whole picture."""
    rows = [row for row in rows if row["contest"] != "One entry"]
    low = math.floor(math.log10(min(row["rate"] for row in rows)))
    high = math.ceil(math.log10(max(row["rate"] for row in rows)))
    parts, y, contest = [], 8, None
    for row in rows:
        if row["contest"] != contest:
            contest = row["contest"]
            parts.append(f'<text class="head" x="8" y="{y + 18}">{escape(contest)}</text>\n')
            y += GAP - 6
        parts.append(bar(row, y, low, high))
        y += LINE
    says = "; ".join(f"{row['contest']}, {row['who']}: {shown(row['rate'])} MB/s"
                     for row in rows)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 140}" '
            f'height="{y + 30}" viewBox="0 0 {LEFT + WIDTH + 140} {y + 30}" role="img" '
            'aria-labelledby="title desc">\n'
            '<title id="title">Megabytes a second of processor time, logarithmic</title>\n'
            f'<desc id="desc">{escape(says)}</desc>\n'
            '<style>text{font:13px sans-serif;fill:#24292f}.name{text-anchor:end}'
            '.head{font-weight:bold}.own{fill:#1a7f64}.peer{fill:#8c959f}'
            '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.own{fill:#3fb68b}'
            '.peer{fill:#6e7681}}</style>\n'
            f'{"".join(parts)}'
            f'<text x="{LEFT}" y="{y + 20}">MB/s of processor time, logarithmic</text>\n'
            '</svg>\n')
