/* SPDX-License-Identifier: MIT
 * A BibTeX file through Text::BibTeX's C parser, entry by entry, and nothing printed. */
#include <btparse.h>
#include <stdio.h>

int main(int count, char **args)
{
    boolean status;
    FILE *in = count > 1 ? fopen(args[1], "r") : NULL;
    if (in == NULL)
        return 2;
    bt_initialize();
    while (!feof(in)) {
        AST *entry = bt_parse_entry(in, args[1], 0, &status);
        if (entry == NULL)
            break;
        bt_free_ast(entry);
    }
    bt_cleanup();
    fclose(in);
    return 0;
}
