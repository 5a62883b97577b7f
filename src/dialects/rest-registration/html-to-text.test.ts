import { describe, expect, it } from 'vitest'
import { htmlToText } from './html-to-text.ts'

describe('htmlToText', () => {
  it.each([
    ['only what is inside the body', '<html><head><title>x</title></head><body>a</body>b</html>', 'a'],
    ['a part of a page as a whole', 'a <b>b</b> c', 'a b c'],
    ['neither styles nor scripts nor comments', '<style>p{}</style>a<!-- b --><script>if (1 < 2) c()</script>', 'a'],
    ['white space as one space', '  a\n\n  b <i> c</i>  ', 'a b c'],
    ['a line for each paragraph and each break', '<p>a</p>\n<p> b<br>c</p>', 'a\nb\nc'],
    ['entities as what they stand for', '&lt;a&gt; &amp;amp; &#8364;&#x20AC; &quot;&apos;', '<a> &amp; €€ "\''],
    ['entities that it does not know as they are', '&bogus; &#x110000; a & b', '&bogus; &#x110000; a & b'],
    [
      'the address of a link in brackets',
      '<a href="https://a.example/?x=1&amp;y=2">here</a>.',
      'here (https://a.example/?x=1&y=2).',
    ],
    [
      'a link whose words are its address once',
      "<a class='b' href='https://a.example/'>https://a.example/</a>",
      'https://a.example/',
    ],
    ['a link without words', '<a href=https://a.example/><img src="x"></a>', 'https://a.example/'],
    ['a link without an address', '<a name="top">top</a>', 'top'],
    ['a greater sign inside an attribute', '<p title="a > b">c</p>', 'c'],
    ['what is no markup', 'a < b', 'a < b'],
    ['nothing of nothing', '', ''],
  ])('gives %s', (_, html, text) => {
    expect(htmlToText(html)).toBe(text)
  })
})
