#include "platform/http/negotiate.h"

#include <string.h>
#include <strings.h>

enum { QUALITY_FULL = 1000 };

static const char *skip_white(const char *c) {
    return c + strspn(c, " \t");
}

/* "0.5" → 500; anything odd counts as 0, so that nobody gets what he may have refused. */
static int quality_parse(const char *text) {
    if (text[0] != '0' && text[0] != '1')
        return 0;
    int quality = (text[0] - '0') * QUALITY_FULL;
    if (text[1] == '.')
        for (int i = 2, weight = 100; i < 5 && text[i] >= '0' && text[i] <= '9'; i++, weight /= 10)
            quality += (text[i] - '0') * weight;
    return quality > QUALITY_FULL ? QUALITY_FULL : quality;
}

/* The q parameter of one element that ends at `end`. */
static int element_quality(const char *element, const char *end) {
    for (const char *c = element; c < end; c++) {
        if (*c != ';')
            continue;
        c = skip_white(c + 1);
        if (c + 1 < end && (*c == 'q' || *c == 'Q') && c[1] == '=')
            return quality_parse(c + 2);
        c--;
    }
    return QUALITY_FULL;
}

/* How exactly a range fits: 3 the thing itself, 2 its type, 1 everything, 0 not. */
static int fit(const char *range, size_t length, const char *want, const char *type) {
    if (length == strlen(want) && strncasecmp(range, want, length) == 0)
        return 3;
    if (type != NULL && length == strlen(type) + 1 && range[length - 1] == '*' &&
        strncasecmp(range, type, length - 1) == 0)
        return 2;
    const char *everything = type == NULL ? "*" : "*/*";
    return length == strlen(everything) && strncmp(range, everything, length) == 0 ? 1 : 0;
}

int negotiate_quality(const char *header, const char *want, const char *type) {
    int quality = -1, best_fit = 0;
    while (*header != '\0') {
        header = skip_white(header);
        const char *end = header + strcspn(header, ",");
        size_t length = strcspn(header, ",; \t");
        const int how = fit(header, length, want, type);
        if (how > best_fit) {
            best_fit = how;
            quality = element_quality(header, end);
        }
        header = *end == ',' ? end + 1 : end;
    }
    return quality;
}

static int larger(int a, int b) {
    return a > b ? a : b;
}

enum representation negotiate_representation(const char *accept, enum representation otherwise) {
    if (accept == NULL)
        return otherwise;
    const int html = larger(negotiate_quality(accept, "text/html", "text/"),
                            negotiate_quality(accept, "application/xhtml+xml", NULL));
    const int json = larger(negotiate_quality(accept, "application/json", "application/"),
                            negotiate_quality(accept, "application/problem+json", "application/"));
    if (html == json)
        return otherwise;
    return json > html ? REPRESENTATION_JSON : REPRESENTATION_HTML;
}

const char *encoding_name(enum encoding encoding) {
    static const char *const names[ENCODING_COUNT] = {NULL, "gzip", "br"};
    return names[encoding];
}

enum encoding negotiate_encoding(const char *accept_encoding, unsigned offered) {
    enum encoding best = ENCODING_IDENTITY;
    int best_quality = 0;
    if (accept_encoding == NULL)
        return best;
    for (enum encoding encoding = ENCODING_GZIP; encoding < ENCODING_COUNT; encoding++) {
        const int quality = negotiate_quality(accept_encoding, encoding_name(encoding), NULL);
        if ((offered & (1u << encoding)) != 0 && quality > 0 && quality >= best_quality) {
            best = encoding;
            best_quality = quality;
        }
    }
    return best;
}
