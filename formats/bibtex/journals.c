/* SPDX-License-Identifier: MIT
 * Journals by the commands that AASTeX defines for them, which the Astrophysics Data
 * System writes in the place of names: journal = {\apj}, and what AASTeX prints there.
 * People write them beside words, too: note = {submitted to \mnras}. */
#include "formats/bibtex/read.h"

static const struct Journal {
    const char *command, *brief, *name;
} JOURNALS[] = {
    {"aap", "A&A", "Astronomy and Astrophysics"},
    {"aapr", "A&A Rev.", "The Astronomy and Astrophysics Review"},
    {"aaps", "A&AS", "Astronomy and Astrophysics Supplement Series"},
    {"actaa", "Acta Astron.", "Acta Astronomica"},
    {"aj", "AJ", "The Astronomical Journal"},
    {"ao", "Appl. Opt.", "Applied Optics"},
    {"apj", "ApJ", "The Astrophysical Journal"},
    {"apjl", "ApJL", "The Astrophysical Journal Letters"},
    {"apjlett", "ApJL", "The Astrophysical Journal Letters"},
    {"apjs", "ApJS", "The Astrophysical Journal Supplement Series"},
    {"apjsupp", "ApJS", "The Astrophysical Journal Supplement Series"},
    {"aplett", "Astrophys. Lett.", "Astrophysical Letters"},
    {"applopt", "Appl. Opt.", "Applied Optics"},
    {"apspr", "Astrophys. Space Phys. Res.", "Astrophysics and Space Physics Research"},
    {"apss", "Ap&SS", "Astrophysics and Space Science"},
    {"araa", "ARA&A", "Annual Review of Astronomy and Astrophysics"},
    {"astap", "A&A", "Astronomy and Astrophysics"},
    {"azh", "AZh", "Astronomicheskii Zhurnal"},
    {"baas", "BAAS", "Bulletin of the American Astronomical Society"},
    {"bac", "Bull. Astron. Inst. Czechosl.",
     "Bulletin of the Astronomical Institutes of Czechoslovakia"},
    {"bain", "Bull. Astron. Inst. Netherlands",
     "Bulletin of the Astronomical Institutes of the Netherlands"},
    {"caa", "Chinese Astron. Astrophys.", "Chinese Astronomy and Astrophysics"},
    {"cjaa", "Chinese J. Astron. Astrophys.",
     "Chinese Journal of Astronomy and Astrophysics"},
    {"fcp", "Fund. Cosmic Phys.", "Fundamentals of Cosmic Physics"},
    {"gca", "Geochim. Cosmochim. Acta", "Geochimica et Cosmochimica Acta"},
    {"grl", "Geophys. Res. Lett.", "Geophysical Research Letters"},
    {"iaucirc", "IAU Circ.", "International Astronomical Union Circulars"},
    {"icarus", "Icarus", "Icarus"},
    {"jaavso", "JAAVSO",
     "Journal of the American Association of Variable Star Observers"},
    {"jcap", "JCAP", "Journal of Cosmology and Astroparticle Physics"},
    {"jcp", "J. Chem. Phys.", "The Journal of Chemical Physics"},
    {"jgr", "J. Geophys. Res.", "Journal of Geophysical Research"},
    {"jqsrt", "J. Quant. Spectr. Radiat. Transf.",
     "Journal of Quantitative Spectroscopy and Radiative Transfer"},
    {"jrasc", "JRASC", "Journal of the Royal Astronomical Society of Canada"},
    {"maps", "M&PS", "Meteoritics & Planetary Science"},
    {"memras", "MmRAS", "Memoirs of the Royal Astronomical Society"},
    {"memsai", "Mem. Soc. Astron. Italiana",
     "Memorie della Società Astronomica Italiana"},
    {"mnras", "MNRAS", "Monthly Notices of the Royal Astronomical Society"},
    {"na", "New A", "New Astronomy"},
    {"nar", "New A Rev.", "New Astronomy Reviews"},
    {"nat", "Nature", "Nature"},
    {"nphysa", "Nucl. Phys. A", "Nuclear Physics A"},
    {"pasa", "PASA", "Publications of the Astronomical Society of Australia"},
    {"pasj", "PASJ", "Publications of the Astronomical Society of Japan"},
    {"pasp", "PASP", "Publications of the Astronomical Society of the Pacific"},
    {"physrep", "Phys. Rep.", "Physics Reports"},
    {"physscr", "Phys. Scr.", "Physica Scripta"},
    {"planss", "Planet. Space Sci.", "Planetary and Space Science"},
    {"pra", "Phys. Rev. A", "Physical Review A"},
    {"prb", "Phys. Rev. B", "Physical Review B"},
    {"prc", "Phys. Rev. C", "Physical Review C"},
    {"prd", "Phys. Rev. D", "Physical Review D"},
    {"pre", "Phys. Rev. E", "Physical Review E"},
    {"prl", "Phys. Rev. Lett.", "Physical Review Letters"},
    {"procspie", "Proc. SPIE", "Proceedings of SPIE"},
    {"psj", "PSJ", "The Planetary Science Journal"},
    {"qjras", "QJRAS", "Quarterly Journal of the Royal Astronomical Society"},
    {"rmxaa", "Rev. Mexicana Astron. Astrofis.",
     "Revista Mexicana de Astronomía y Astrofísica"},
    {"rnaas", "RNAAS", "Research Notes of the American Astronomical Society"},
    {"skytel", "S&T", "Sky and Telescope"},
    {"solphys", "Sol. Phys.", "Solar Physics"},
    {"sovast", "Soviet Ast.", "Soviet Astronomy"},
    {"ssr", "Space Sci. Rev.", "Space Science Reviews"},
    {"zap", "ZAp", "Zeitschrift für Astrophysik"},
};

/* Without blanks and braces around it. */
static Str bare(Str tex)
{
    tex = str_trim(tex);
    while (tex.size > 1 && tex.data[0] == '{' && tex.data[tex.size - 1] == '}')
        tex = str_trim(str_slice(tex, 1, tex.size - 1));
    return tex;
}

Str journal_name(Str command, bool brief)
{
    if (!str_starts(command, STR("\\")))
        return STR_EMPTY;
    command = str_after(command, 1);
    for (size_t i = 0; i < sizeof JOURNALS / sizeof JOURNALS[0]; i++) {
        if (str_equal(command, str_from(JOURNALS[i].command)))
            return str_from(brief ? JOURNALS[i].brief : JOURNALS[i].name);
    }
    return STR_EMPTY;
}

Str journal_command(Str tex)
{
    static const Str ENDS[] = {{"{}", 2}, {"\\", 1}}; /* "\apj\ ", trimmed */
    Str command = bare(tex);
    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        if (str_ends(command, ENDS[i]))
            command.size -= ENDS[i].size;
    }
    return command;
}
