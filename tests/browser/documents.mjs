// What can be said of a page's bytes: valid HTML, a JSON sibling, an API description that others
// can read.
import { Validator } from '@seriousme/openapi-schema-validator';
import { HtmlValidate } from 'html-validate';

const html = new HtmlValidate({
    extends: ['html-validate:standard'],
    rules: {
        'long-title': 'off',      // the page's and the place's name together may be long
        'require-sri': 'off',     // files come from the same host
        'no-trailing-whitespace': 'off', // templates leave blanks where a section was
    },
});

// What a browser of this language sends, with these cookies.
export function headersFor(language, cookies, accept) {
    const headers = { 'accept-language': language, accept };
    if (cookies.length > 0) {
        headers.cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    }
    return headers;
}

// Complaints about the HTML and the JSON of one line of pages.mjs.
export async function pageDocuments(service, line, language, cookies) {
    const path = line.at;
    const page = await service.fetch(path, headersFor(language, cookies, 'text/html'), line.host);
    const result = await html.validateString(page.body);
    const complaints = result.results.flatMap((file) => file.messages.map((message) =>
        `HTML ${message.ruleId} at ${message.line}:${message.column}: ${message.message}`));
    if (line.json === false || (line.status ?? 200) !== 200) return complaints;
    const sibling = await service.fetch(siblingOf(path), headersFor(language, cookies, '*/*'),
        line.host);
    if (sibling.status !== 200 || !/^application\/json/.test(sibling.headers['content-type'])) {
        const type = sibling.headers['content-type'];
        return [...complaints, `${siblingOf(path)} answers ${sibling.status} ${type}`];
    }
    try {
        const top = JSON.parse(sibling.body);
        if (top === null || Array.isArray(top) || typeof top !== 'object') {
            complaints.push('JSON: the top level is no object');
        }
    } catch (error) {
        complaints.push(`JSON: ${error.message}`);
    }
    return complaints;
}

// "/pages/3?x=1" → "/pages/3.json?x=1"; the start page is "/index.json".
function siblingOf(path) {
    const [before, query] = path.split('?');
    const stem = before === '/' ? '/index' : before;
    return `${stem}.json${query === undefined ? '' : `?${query}`}`;
}

// [[name, complaints]] about documents that are no page.
export async function documentChecks(service) {
    const answer = await service.fetch('/openapi.json');
    const complaints = answer.status === 200 ? [] : [`answers ${answer.status}`];
    if (complaints.length === 0) {
        const result = await new Validator().validate(JSON.parse(answer.body));
        if (!result.valid) {
            complaints.push(...[].concat(result.errors).map((error) => JSON.stringify(error)));
        }
    }
    return [['/openapi.json is an OpenAPI description', complaints]];
}
