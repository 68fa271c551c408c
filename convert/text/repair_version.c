/* SPDX-License-Identifier: MIT
 * Versions of models, software and standards: "Claude 3. 5", "v1. 2. 3", "802. 11". */
#include "convert/text/mend_look.h"
#include "convert/text/mend_words.h"

/* Software and standards that have versions of any number. */
static const char SOFTWARE[] =
    "version versions ver release python cuda cudnn pytorch tensorflow keras jax numpy "
    "scipy learn pandas ubuntu linux windows android ios java matlab opengl openmp "
    "vulkan "
    "gcc clang llvm node http tls usb bluetooth html css xml unicode spark hadoop mysql "
    "julia typescript ieee transformers tls perl git";

static const struct {
    const char *name, *versions;
} VERSIONS[] = {
    {"gpt chatgpt", "3.5 4.1 4.5 5.1 5.2"},
    {"llama codellama", "3.1 3.2 3.3"},
    {"claude sonnet opus haiku", "1.3 2.0 2.1 3.5 3.7 4.1 4.5"},
    {"gemini", "1.0 1.5 2.0 2.5"},
    {"qwen phi grok kimi yi llava vicuna bard bunny", "1.1 1.3 1.5 1.6 2.5 3.5"},
    {"diffusion sd sdxl flux", "1.0 1.1 1.4 1.5 2.0 2.1 3.5"},
    {"deepseek internvl internlm glm minicpm", "1.5 2.5 2.6 3.1 3.2 3.5 4.5"},
    {"gemma mistral mixtral granite", "0.1 0.2 0.3 1.1 3.1 3.2 3.3"},
    {"squad vqa", "1.1 2.0"},
    {"cifar", "10.1 10.2"},
    {"activitynet", "1.2 1.3"},
    {"pddl mujoco", "2.1"},
    {"ieee", "802.1 802.3 802.11 802.15"},
};

bool look_has_version(const Mend *m, const Pair *p, bool *known)
{
    size_t end = p->start;
    char spelled[16], v = end > 0 ? m->in.data[end - 1] : 0;
    if ((v == 'v' || v == 'V') && end > 1 && !byte_is_alpha(m->in.data[end - 2]))
        end--;
    if (end > 0 && (m->in.data[end - 1] == ' ' || m->in.data[end - 1] == '-'))
        end--;
    Str name = mend_word_before(m, end);
    *known = false;
    if (name.size == 0 || p->left.size + p->right.size + 1 > sizeof spelled)
        return false;
    size_t size = 0;
    for (size_t i = 0; i < p->left.size; i++)
        spelled[size++] = p->left.data[i];
    spelled[size++] = '.';
    for (size_t i = 0; i < p->right.size; i++)
        spelled[size++] = p->right.data[i];
    for (size_t i = 0; i < sizeof VERSIONS / sizeof VERSIONS[0] && !*known; i++)
        *known = mend_listed_nocase(name, VERSIONS[i].name) &&
                 mend_listed((Str){spelled, size}, VERSIONS[i].versions);
    return *known || mend_listed_nocase(name, SOFTWARE) ||
           (end < p->start && (v == 'v' || v == 'V'));
}

size_t look_version_end(const Mend *m, const Pair *p)
{
    size_t end = p->end, parts = 2;
    while (parts < 5 && mend_byte(m, end) == '.' && mend_byte(m, end + 1) == ' ') {
        size_t next = end + 2, start = next;
        while (byte_is_digit(mend_byte(m, next)) && next < start + 5)
            next++;
        if (next == start)
            break;
        end = next;
        parts++;
    }
    bool known;
    if (parts == 2 || p->before == '.' || p->before == ',' || p->before == ':' ||
        p->left.size > 3 || look_is_amid_numbers(m, p) ||
        (mend_byte(m, end) == '.' && byte_is_digit(mend_byte(m, end + 1))))
        return 0;
    Ahead ahead;
    look_read_ahead(m, end, &ahead);
    Str first = look_ahead_word(&ahead, 0);
    if (p->before == 'v')
        return end;
    if (look_has_version(m, p, &known))
        return look_is_sentence(&ahead) && !mend_listed(first, VERBS) ? 0 : end;
    if (look_is_enumeration(m, p))
        return 0;
    bool name = p->word.size > 1 && byte_is_upper(p->word.data[p->word.size - 1]);
    bool ends = mend_byte(m, end) != ' ' ||
                mend_listed(first, "and or to in from on with for by is was has release");
    /* Not "a score of 10. 2. 5 in". */
    bool small = p->word.size > 0 && p->left.size + (end - p->end) < 7 &&
                 p->right.size < 3 && !mend_listed_nocase(p->word, "of by at") &&
                 !mend_listed_nocase(p->word, STEPS);
    return (parts == 4 || name || small || str_equal(p->right, STR("0"))) && ends &&
                   mend_byte(m, end) != '%'
               ? end
               : 0;
}
