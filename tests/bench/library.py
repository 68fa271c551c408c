# SPDX-License-Identifier: MIT
"""A library such as people keep, made by a seed: long lists of authors, accents spelled
as TeX, abstracts, cross-references."""
import random

GIVEN = ("Ada Charles Luigi Emmy Sofia Grace Henri Rosalind Srinivasa Chien-Shiung Alan "
         "Katherine J. M. {\\'E}mile Andr{\\'e} S{\\o}ren Zo{\\\"e}").split()
FAMILY = ("Lovelace|Babbage|Menabrea|Noether|Kovalevskaya|Hopper|Poincar{\\'e}|Franklin|van der "
          "Maaten|Dupr{\\'e} la Tour|Erd{\\H{o}}s|Wu|Turing|M{\\\"u}ller|G{\\\"o}del|"
          "{\\L}ukasiewicz|King").split("|")
WORDS = ("loom engine card wheel number pattern weaving machine brass steam mill store "
         "column barrel operation variable result table proof note series law force "
         "motion heat light wave field matter cause effect mind thought order").split()


def people(pick):
    """A list of authors, now and then a long one."""
    most = 40 if pick.random() < 0.05 else 6
    return " and ".join(f"{pick.choice(FAMILY)}, {pick.choice(GIVEN)}"
                        for _ in range(pick.randrange(1, most)))


def words(pick, count):
    """Running text."""
    return " ".join(pick.choices(WORDS, k=count))


def entry(pick, number):
    """One entry of some kind."""
    year = pick.randrange(1950, 2025)
    fields = {"author": people(pick),
              "title": f"{words(pick, 4).capitalize()} of {{DNA}} and $x^2$ {words(pick, 3)}",
              "year": year}
    kind = pick.choice(("article", "article", "article", "inproceedings", "book"))
    if kind == "article":
        fields |= {"journal": words(pick, 3).title(), "volume": pick.randrange(1, 99),
                   "number": pick.randrange(1, 12),
                   "pages": f"{number % 900 + 1}--{number % 900 + 17}",
                   "month": "jul", "issn": "0378-5955"}
    elif kind == "inproceedings":
        fields |= {"booktitle": f"Proceedings of the {words(pick, 3).title()}"}
        if number > 99:
            fields["crossref"] = f"parent{number % 40}"
    else:
        fields |= {"publisher": words(pick, 2).title(), "isbn": "978-3-16-148410-0"}
    if pick.random() < 0.8:
        fields["doi"] = f"10.5555/{number}.{year}"
        fields["url"] = f"https://example.org/a_b/{number}"
    if pick.random() < 0.5:
        fields["abstract"] = (f"{words(pick, 60).capitalize()} in 39.7\\% of cases, "
                              f"na{{\\\"\\i}}ve --- {words(pick, 60)}.")
    if pick.random() < 0.4:
        fields["keywords"] = ", ".join(pick.sample(WORDS, 4))
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{key{number}:{year},\n{lines}}}\n\n"


def library(size):
    """Entries of that many bytes in all, or a little more."""
    pick = random.Random(1815)
    parts, total, number = [], 0, 0
    for i in range(40):
        parts.append(f"@proceedings{{parent{i},\n  title = {{{words(pick, 5).title()}}},\n"
                     f"  year = {{{1980 + i}}},\n  publisher = {{Seaside Press}},\n}}\n\n")
    while total < size:
        parts.append(entry(pick, number))
        total += len(parts[-1].encode())
        number += 1
    return "".join(parts)
