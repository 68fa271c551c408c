/* SPDX-License-Identifier: MIT
 * A JSON file read by jansson, and nothing else done. */
#include <jansson.h>

int main(int count, char **args)
{
    json_t *all = count > 1 ? json_load_file(args[1], 0, NULL) : NULL;
    if (all == NULL)
        return 1;
    json_decref(all);
    return 0;
}
