/* The text of a mail as blocks, by fixed rules; the HTML part and the demonstration's pages show
 * them: the first line                        the heading an empty line ends a paragraph or list
 *   lines that begin with "- "            a list
 *   a line that is an address of the site a link
 *   "Words: " and such an address         a link with these words
 *   a paragraph of digits and spaces, or of capitals, digits and hyphens   a code
 * Only addresses of our own site become links: what people wrote never does. */
#ifndef RADSLAG_MAIL_BLOCKS_H
#define RADSLAG_MAIL_BLOCKS_H

#include "platform/base/arena.h"
#include "platform/base/shape.h"

#define MAIL_LINE(F, T)                                                                            \
    F(T, text, text, , "as it stands")                                                             \
    F(T, text, label, , "words of a link")                                                         \
    F(T, url, link, , "address of our own site")                                                   \
    F(T, flag, broken, , "another line of the same paragraph follows")
SHAPE(mail_line, MAIL_LINE);

#define MAIL_BLOCK(F, T)                                                                           \
    F(T, text, heading, , "the first line")                                                        \
    F(T, text, code, , "something to copy")                                                        \
    F(T, list, lines, mail_line, "of a paragraph")                                                 \
    F(T, list, entries, mail_line, "of a list")
SHAPE(mail_block, MAIL_BLOCK);

/* `site` as in struct mail_sender: "https://delta.ljungsjo.example". In arena. */
struct mail_block_list mail_blocks(struct arena *arena, const char *text, const char *site);

#endif
