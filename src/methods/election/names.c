#include "methods/election/names.h"

#include <string.h>

/* Slots are 1 + number; a table is at most half full. */
struct names {
    struct arena *arena;
    uint32_t *slots;
    size_t slot_count;
    struct name {
        const char *text;
        uint32_t length, hash;
    } * names;
    size_t count, room;
};

enum { SLOTS_AT_FIRST = 64 };

uint64_t names_hash(const void *bytes, size_t length) {
    const unsigned char *at = bytes;
    uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) ^ length;
    while (length > 0) {
        const size_t step = length < 8 ? length : 8;
        uint64_t word = 0;
        memcpy(&word, at, step);
        hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
        hash ^= hash >> 32;
        at += step;
        length -= step;
    }
    return hash;
}

struct names *names_new(struct arena *arena) {
    struct names *names = ARENA_NEW(arena, struct names);
    names->arena = arena;
    names->slot_count = SLOTS_AT_FIRST;
    names->slots = ARENA_ARRAY(arena, names->slot_count, uint32_t);
    names->room = SLOTS_AT_FIRST / 2;
    names->names = ARENA_ARRAY(arena, names->room, struct name);
    return names;
}

/* The slot that holds the text, or the empty one where it belongs. */
static uint32_t *names_slot(const struct names *names, const char *text, size_t length,
                            uint32_t hash) {
    for (size_t at = hash;; at++) {
        uint32_t *slot = &names->slots[at & (names->slot_count - 1)];
        if (*slot == 0)
            return slot;
        const struct name *name = &names->names[*slot - 1];
        if (name->hash == hash && name->length == length && memcmp(name->text, text, length) == 0)
            return slot;
    }
}

static void names_grow(struct names *names) {
    names->slot_count *= 2;
    names->slots = ARENA_ARRAY(names->arena, names->slot_count, uint32_t);
    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &names->names[i];
        *names_slot(names, name->text, name->length, name->hash) = (uint32_t)i + 1;
    }
    names->room *= 2;
    struct name *wider = ARENA_ARRAY(names->arena, names->room, struct name);
    memcpy(wider, names->names, names->count * sizeof *wider);
    names->names = wider;
}

bool names_add(struct names *names, const char *text, size_t length) {
    const uint32_t hash = (uint32_t)names_hash(text, length);
    uint32_t *slot = names_slot(names, text, length, hash);
    if (*slot != 0)
        return false;
    if (names->count == names->room) {
        names_grow(names);
        slot = names_slot(names, text, length, hash);
    }
    names->names[names->count] = (struct name){
        .text = arena_copy_span(names->arena, text, length),
        .length = (uint32_t)length,
        .hash = hash,
    };
    *slot = (uint32_t)++names->count;
    return true;
}

int64_t names_find(const struct names *names, const char *text, size_t length) {
    const uint32_t hash = (uint32_t)names_hash(text, length);
    return (int64_t)*names_slot(names, text, length, hash) - 1;
}

const char *names_text(const struct names *names, size_t number) {
    return names->names[number].text;
}
