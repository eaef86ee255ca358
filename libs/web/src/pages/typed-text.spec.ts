import { typedBlock, typedInline } from './typed-text';

describe('text that a person typed', () => {
  it('is shown escaped, in paragraphs that find their own direction, line breaks kept', () => {
    expect(typedBlock('One <b>\ntwo\n\n\nمرحبا & "x"', 'ar').toString()).toBe(
      '<div class="typed" lang="ar"><p dir="auto">One &lt;b&gt;<br>two</p><p dir="auto">مرحبا &amp; &quot;x&quot;</p></div>',
    );
  });

  it('inside a sentence is isolated from it', () => {
    expect(typedInline("O'Neil\n<script>").toString()).toBe('<bdi>O&#39;Neil &lt;script&gt;</bdi>');
  });

  it('may be missing', () => {
    expect(typedBlock(undefined).toString()).toBe('<div class="typed"></div>');
  });

  it('cannot break out of the language attribute', () => {
    expect(typedBlock('x', '"><script>').toString()).toContain('lang="&quot;&gt;&lt;script&gt;"');
  });
});
