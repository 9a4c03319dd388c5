// Debian's Chromium, and what a context of it looks like to a visitor.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PROGRAM = '/usr/bin/chromium';
const LOCALES = { sv: 'sv-SE', en: 'en-GB' };

export function browserIsInstalled() {
    return existsSync(PROGRAM);
}

// Chromium refuses its sandbox to root; anybody else gets it.
export function browserStart() {
    return chromium.launch({
        executablePath: PROGRAM,
        headless: true,
        chromiumSandbox: process.getuid() !== 0,
        args: ['--disable-dev-shm-usage'],
    });
}

// A visitor's browser window: language, colours, width, with or without scripts.
export function contextOpen(browser, { language, scheme, width, scripts, cookies = [] }) {
    return browser.newContext({
        locale: LOCALES[language],
        colorScheme: scheme,
        viewport: { width, height: width < 700 ? 800 : 900 },
        javaScriptEnabled: scripts,
        bypassCSP: false,
    }).then(async (context) => {
        await context.addCookies(cookies);
        return context;
    });
}
