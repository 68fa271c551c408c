#include "formats/ris/read.h"
bool ris_read_carried(Draft *d, const Item *item)
{
    (void)d;
    (void)item;
    return false;
}
void ris_read_carried_end(Draft *d)
{
    (void)d;
}
