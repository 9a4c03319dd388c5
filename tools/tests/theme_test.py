"""Every theme can be read: contrast of its accent in light and dark (WCAG 2.2: 1.4.3, 1.4.11)."""
import pathlib
import re
import unittest

THEMES = pathlib.Path(__file__).resolve().parent.parent.parent / 'src/frame/theme'
TEXT, LARGE = 4.5, 3.0
WANTED = [  # ink, paper, least contrast
    ('base-contrast-default', 'base-default', TEXT),
    ('base-contrast-default', 'base-hover', TEXT),
    ('base-contrast-default', 'base-active', TEXT),
    ('base-contrast-subtle', 'base-default', TEXT),
    ('text-default', 'background-default', 7),
    ('text-default', 'background-tinted', 7),
    ('text-default', 'surface-default', 7),
    ('text-default', 'surface-tinted', 7),
    ('text-default', 'surface-hover', TEXT),
    ('text-default', 'surface-active', TEXT),
    ('text-subtle', 'background-default', TEXT),
    ('text-subtle', 'background-tinted', TEXT),
    ('text-subtle', 'surface-tinted', TEXT),
    ('border-default', 'background-default', LARGE),
    ('border-default', 'background-tinted', LARGE),
]


def luminance(colour):
    """Relative luminance of #rrggbb as WCAG defines it."""
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
              for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def blocks(css):
    """[{variable: colour}] of each block with accent variables: light, dark, dark on screens."""
    found = [dict(re.findall(r'--ds-color-accent-([a-z-]+): (#[0-9a-fA-F]{6});', body))
             for body in re.findall(r'\{([^{}]*)\}', css)]
    return [block for block in found if block]


class Themes(unittest.TestCase):
    def test_every_colour_has_its_theme(self):
        names = [line.split()[0] for line in (THEMES / 'colours.txt').read_text().splitlines()]
        self.assertEqual(sorted(f'theme-{name}.css' for name in names),
                         sorted(path.name for path in THEMES.glob('theme-*.css')))
        build = (THEMES / 'meson.build').read_text()
        for name in names:
            self.assertIn(f"'{name}'", build)

    def test_contrast(self):
        for path in sorted(THEMES.glob('theme-*.css')):
            light, dark, screen = blocks(path.read_text())
            self.assertEqual(dark, screen, path.name)
            for scheme, colours in (('light', light), ('dark', dark)):
                self.assertEqual(len(colours), 16, path.name)
                for ink, paper, least in WANTED:
                    with self.subTest(f'{path.name} {scheme}: {ink} on {paper}'):
                        self.assertGreaterEqual(contrast(colours[ink], colours[paper]), least)

    def test_contrast_is_measured_right(self):
        self.assertAlmostEqual(contrast('#000000', '#ffffff'), 21, places=2)
        self.assertAlmostEqual(contrast('#777777', '#ffffff'), 4.48, places=2)

    def test_dark_is_for_screens_only(self):
        for path in [THEMES / 'base.css', *THEMES.glob('theme-*.css')]:
            self.assertNotIn('@media (prefers-color-scheme', path.read_text(), path.name)


if __name__ == '__main__':
    unittest.main()
