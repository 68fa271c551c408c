/* SPDX-License-Identifier: MIT
 * Journals by the commands that AASTeX defines for them, which the Astrophysics Data
 * System writes in the place of names: journal = {\apj}. */
#include "formats/bibtex/read.h"

static const struct Journal {
    const char *command, *name;
} JOURNALS[] = {
    {"aap", "Astronomy and Astrophysics"},
    {"aapr", "The Astronomy and Astrophysics Review"},
    {"aaps", "Astronomy and Astrophysics Supplement Series"},
    {"actaa", "Acta Astronomica"},
    {"aj", "The Astronomical Journal"},
    {"ao", "Applied Optics"},
    {"apj", "The Astrophysical Journal"},
    {"apjl", "The Astrophysical Journal Letters"},
    {"apjlett", "The Astrophysical Journal Letters"},
    {"apjs", "The Astrophysical Journal Supplement Series"},
    {"apjsupp", "The Astrophysical Journal Supplement Series"},
    {"aplett", "Astrophysical Letters"},
    {"applopt", "Applied Optics"},
    {"apspr", "Astrophysics and Space Physics Research"},
    {"apss", "Astrophysics and Space Science"},
    {"araa", "Annual Review of Astronomy and Astrophysics"},
    {"astap", "Astronomy and Astrophysics"},
    {"azh", "Astronomicheskii Zhurnal"},
    {"baas", "Bulletin of the American Astronomical Society"},
    {"bac", "Bulletin of the Astronomical Institutes of Czechoslovakia"},
    {"bain", "Bulletin of the Astronomical Institutes of the Netherlands"},
    {"caa", "Chinese Astronomy and Astrophysics"},
    {"cjaa", "Chinese Journal of Astronomy and Astrophysics"},
    {"fcp", "Fundamentals of Cosmic Physics"},
    {"gca", "Geochimica et Cosmochimica Acta"},
    {"grl", "Geophysical Research Letters"},
    {"iaucirc", "International Astronomical Union Circulars"},
    {"icarus", "Icarus"},
    {"jaavso", "Journal of the American Association of Variable Star Observers"},
    {"jcap", "Journal of Cosmology and Astroparticle Physics"},
    {"jcp", "The Journal of Chemical Physics"},
    {"jgr", "Journal of Geophysical Research"},
    {"jqsrt", "Journal of Quantitative Spectroscopy and Radiative Transfer"},
    {"jrasc", "Journal of the Royal Astronomical Society of Canada"},
    {"maps", "Meteoritics & Planetary Science"},
    {"memras", "Memoirs of the Royal Astronomical Society"},
    {"memsai", "Memorie della Societ\xc3\xa0 Astronomica Italiana"},
    {"mnras", "Monthly Notices of the Royal Astronomical Society"},
    {"na", "New Astronomy"},
    {"nar", "New Astronomy Reviews"},
    {"nat", "Nature"},
    {"nphysa", "Nuclear Physics A"},
    {"pasa", "Publications of the Astronomical Society of Australia"},
    {"pasj", "Publications of the Astronomical Society of Japan"},
    {"pasp", "Publications of the Astronomical Society of the Pacific"},
    {"physrep", "Physics Reports"},
    {"physscr", "Physica Scripta"},
    {"planss", "Planetary and Space Science"},
    {"pra", "Physical Review A"},
    {"prb", "Physical Review B"},
    {"prc", "Physical Review C"},
    {"prd", "Physical Review D"},
    {"pre", "Physical Review E"},
    {"prl", "Physical Review Letters"},
    {"procspie", "Proceedings of SPIE"},
    {"psj", "The Planetary Science Journal"},
    {"qjras", "Quarterly Journal of the Royal Astronomical Society"},
    {"rmxaa", "Revista Mexicana de Astronom\xc3\xad"
              "a y Astrof\xc3\xadsica"},
    {"rnaas", "Research Notes of the American Astronomical Society"},
    {"skytel", "Sky and Telescope"},
    {"solphys", "Solar Physics"},
    {"sovast", "Soviet Astronomy"},
    {"ssr", "Space Science Reviews"},
    {"zap", "Zeitschrift f\xc3\xbcr Astrophysik"},
};

/* Without blanks and braces around it. */
static Str bare(Str tex)
{
    tex = str_trim(tex);
    while (tex.size > 1 && tex.data[0] == '{' && tex.data[tex.size - 1] == '}')
        tex = str_trim(str_slice(tex, 1, tex.size - 1));
    return tex;
}

Str journal_of(Str tex)
{
    static const Str ENDS[] = {{"{}", 2}, {"\\", 1}}; /* "\apj\ ", trimmed */
    Str command = bare(tex);
    if (!str_starts(command, STR("\\")))
        return STR_EMPTY;
    command = str_after(command, 1);
    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        if (str_ends(command, ENDS[i]))
            command.size -= ENDS[i].size;
    }
    for (size_t i = 0; i < sizeof JOURNALS / sizeof JOURNALS[0]; i++) {
        if (str_equal(command, str_from(JOURNALS[i].command)))
            return str_from(JOURNALS[i].name);
    }
    return STR_EMPTY;
}
