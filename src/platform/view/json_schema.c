/* JSON Schema (2020-12, as OpenAPI 3.1 has it) of shapes and forms. */
#include "platform/view/form.h"
#include "platform/view/view.h"

static void write_doc(struct buffer *into, const char *doc) {
    if (doc == NULL || *doc == '\0')
        return;
    buffer_text(into, ",\"description\":");
    json_write_text(into, doc);
}

static void write_codes(struct buffer *into, const struct choices *choices) {
    buffer_text(into, "\"enum\":[");
    for (size_t i = 0; i < choices->count; i++) {
        if (i > 0)
            buffer_text(into, ",");
        json_write_text(into, choices->at[i].code);
    }
}

static void write_type(struct buffer *into, const struct field *field) {
    switch (field->kind) {
    case KIND_id:
        buffer_text(into, "\"type\":[\"integer\",\"null\"],\"format\":\"int64\"");
        break;
    case KIND_int:
    case KIND_money:
        buffer_text(into, "\"type\":\"integer\",\"format\":\"int64\"");
        break;
    case KIND_flag:
        buffer_text(into, "\"type\":\"boolean\"");
        break;
    case KIND_time:
        buffer_text(into, "\"type\":[\"string\",\"null\"],\"format\":\"date-time\"");
        break;
    case KIND_text:
    case KIND_html:
        buffer_text(into, "\"type\":[\"string\",\"null\"]");
        break;
    case KIND_url:
        buffer_text(into, "\"type\":[\"string\",\"null\"],\"format\":\"uri-reference\"");
        break;
    case KIND_slug:
        buffer_text(into, "\"type\":[\"string\",\"null\"],\"pattern\":\"^[a-z0-9_.-]*$\"");
        break;
    case KIND_choice:
        buffer_text(into, "\"type\":[\"string\",\"null\"],");
        write_codes(into, field->choices);
        buffer_text(into, ",null]");
        break;
    case KIND_one:
        buffer_format(into,
                      "\"anyOf\":[{\"$ref\":\"#/components/schemas/%s\"},{\"type\":\"null\"}]",
                      field->element->name);
        break;
    case KIND_list:
        buffer_format(into, "\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/%s\"}",
                      field->element->name);
        break;
    }
}

void json_schema_of_shape(struct buffer *into, const struct shape *shape) {
    buffer_text(into, "{\"type\":\"object\",\"properties\":{");
    for (size_t i = 0; i < shape->count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write_text(into, shape->fields[i].name);
        buffer_text(into, ":{");
        write_type(into, &shape->fields[i]);
        write_doc(into, shape->fields[i].doc);
        buffer_text(into, "}");
    }
    buffer_text(into, "},\"required\":[");
    for (size_t i = 0; i < shape->count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write_text(into, shape->fields[i].name);
    }
    buffer_text(into, "]}");
}

static void write_length(struct buffer *into, const struct form_field *field) {
    if (field->max > 0)
        buffer_format(into, ",\"maxLength\":%lld", (long long)field->max);
}

static void write_form_type(struct buffer *into, const struct form_field *field) {
    switch (field->kind) {
    case FORM_text:
    case FORM_lines:
    case FORM_option:
    case FORM_code:
    case FORM_password:
        buffer_text(into, "\"type\":\"string\"");
        write_length(into, field);
        break;
    case FORM_email:
        buffer_text(into, "\"type\":\"string\",\"format\":\"email\"");
        write_length(into, field);
        break;
    case FORM_flag:
        buffer_text(into, "\"type\":\"boolean\"");
        break;
    case FORM_number:
    case FORM_money:
    case FORM_id:
        buffer_text(into, "\"type\":\"integer\",\"format\":\"int64\"");
        break;
    case FORM_date:
        buffer_text(into, "\"type\":\"string\",\"format\":\"date\"");
        break;
    case FORM_clock:
        buffer_text(into, "\"type\":\"string\",\"pattern\":\"^[0-9]{1,2}[.:][0-9]{2}$\"");
        break;
    case FORM_choice:
        buffer_text(into, "\"type\":\"string\",");
        write_codes(into, field->choices);
        buffer_text(into, "]");
        break;
    case FORM_picks:
        buffer_text(into,
                    "\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\",");
        write_codes(into, field->choices);
        buffer_text(into, "]}");
        break;
    case FORM_ids:
        buffer_text(into,
                    "\"type\":\"array\",\"items\":{\"type\":\"integer\",\"format\":\"int64\"}");
        break;
    case FORM_file:
        buffer_text(into, "\"type\":\"string\",\"contentMediaType\":\"application/octet-stream\"");
        break;
    }
}

void json_schema_of_form(struct buffer *into, const struct form *form) {
    bool first = true;
    buffer_text(into, "{\"type\":\"object\",\"properties\":{");
    for (size_t i = 0; i < form->count; i++) {
        buffer_text(into, i == 0 ? "" : ",");
        json_write_text(into, form->fields[i].name);
        buffer_text(into, ":{");
        write_form_type(into, &form->fields[i]);
        write_doc(into, form->fields[i].doc);
        buffer_text(into, "}");
    }
    buffer_text(into, "},\"required\":[");
    for (size_t i = 0; i < form->count; i++) {
        if (form->fields[i].need != REQUIRED)
            continue;
        buffer_text(into, first ? "" : ",");
        json_write_text(into, form->fields[i].name);
        first = false;
    }
    buffer_text(into, "]}");
}
