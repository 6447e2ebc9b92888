/** 40 requests of JSON Lines, as made by `sampleLines`, compressed by the zstd command line tool (1.5.4). */
export const ZSTD_SAMPLES: readonly { readonly name: string; readonly copies: number; readonly base64: string }[] = [
  {
    name: 'best compression, with a checksum',
    copies: 1,
    base64:
      'KLUv/WSGL2USAGYfVB1AVdov9rcVIctGbApqn1Vqd5ZIZHfvALQSYzjYuWEASQBBAJjKopqiilqC5e4ImFdVCIGF4bAKS7AuWMhWYUUQT4qmilobjUQtQegRCq2NhkKtxiRTmSqKc4k6S7AeJsoMnlTpTI9ahfV5lvUqDqQyVVW0QIXlKCwqE20UT5o4GupNCxTKiW8oZebv2CHIkp25R290b3Sr2HCz6bEztbOd9cu433W7xys36zqWvZ1aTZHEDFs2zE+0ATxCGcm8JViMMe6vwtJkooSnkmG8zaiuRbi9uO3csRV52zpO7HwrM2I7ciYfncNFxgxZS32v+1lzddtRF6/ffiL/2ZSvrNlxdb+tJUfVM7e3LvOtLhJ45W74p7bGP9Ex/p252dg5tSku++by88iuyYqI61xmYx6VHWZjyjDTPV1TCTLHkvW+d3P45chqa4jZkr415hskW4DSqCFQGVNSUFBQybIGcCVJkuYSQEAQBAlCkBCsJrhiChKCg2NF5APN0TW/52u+x3tMMyJ+OB8OsfIGeyI2jwgXVgulO1bHPM1YDzEYsB4PrFgWsFhsjxEPlgdJFttgMJXF6BDhYFqUU7ENhf4WY+FigWUBK8d+GPFjPZDUsBdOzTEfYgKxPRK1YXrkU8Y2DEX8WAsIZdgLswaOmeYxqjwxJZRRsC7iuVjOF1YsS1wMtueMF8uTJouteSuD8Zkj3HZOk0xzHJfBKEf6LZJBtpxdDnU21nwCoC1bnRK0onIQ+2cttDWVxKpFHwfZ5JR8BhVao/rPp0r+/3QHZPI=',
  },
  {
    name: 'fast, without a checksum',
    copies: 1,
    base64:
      'KLUv/WCGL20UAJYbTSNAbdMGOHm+tTcWw2YwYVMJbrDuhTTRiAit7M2CeOeiiK4xAVEARgA5AAWnXHJvmANdcomnHMOgLeyJIMexQJdEGiKRcxwQ0C08NMwTQQdRrj0k2MQl1xqsEWgLM/E06JSraBEteiyYJ4rYQZRjUA5qmIPQlufhgNpzkGqfrbqt6mnPKfnMi/n5TZ2Wlza3bvSwJaVSlVrBHICGyCGiMpp2ySHiU/+UczTsgIJpFFqDSYgeFkGX3PoaaLSIGQhIIAhLW9+b8ukpV/IxYaLS/flp9fzl/LmvmX7dY+P3qh1y9ympxvpdDP2iqv/CLxIVj+vsneudizdVsgb5Ta3eq3mvVtq/WRU+6SbjmdP1eN3MXJr6TCtV4WLqUrUOS5tbq3VODFapvai8WqhOuxTLzl7rnawegOyo0WDulKQgBZVsHFCDSJI0jQESiCAIEAiDIAjBUgYhcIiIACFIEIRuhREsYA9K+RG674KWHuRzNeE0hEOnBT1mis7s4kmrBkk6INlpgGOR9IBu1fSBQBdunsqq7EAXl9igEtR2nl4Wv6MJvU+jpwDoV8HH+gZyw6ZfEhj9lJVREt2sDzF4NJM33WLYBf8EPd0qpH7qhxgcncnNbjH0Ao1PTWMlcbyEyEPEUlh9HcrTrpy4NCGLxr+e7spgrsw/xn8cLmPeAqBfCtejEOyQwsd6DXKDzV8SMP2QNcqHbKfwMVqlUSlF+cxsqvLqLqE8vpeQo6Bjw40fK0x48+Iai94+rLHx5ccKE79eXGPR24c1Nr78WGHi14tZ9XRJjv4jlbbpGKTojEmgLcfOSR0LujRj9sugWBmJAfoVBVNatFaOj/RiF4UJ7PhoSIShKjqvus5TJdd/',
  },
  {
    name: 'three frames in a row',
    copies: 1,
    base64:
      'KLUv/WT8D2ULAHIPMCBQa/JIAcduYSuPFXGsF/CfyPksAiRJUqZkMVqJrhqiwo0QK8U+OaOWOEN3Przo0/jx6sarW0LNOjlD3MsdLWesECfViVNqKXEzUkuh1Hyl5ajOB1UzZ+2OxwAoGk/kL7LnHFaL1+0in8FDlAivxESdrzZuCOVrRAQkBgjWLbKMbJ91mxQ8fLNSZoF0kUbRNMssDHQTFmSclTIcXmORfeVJgYexMZ+uW8c3fGUs4qz17cOtglsqH3PwcDIW+nMfAVyooXwolZSkoCAZDnCDpEkaAxLAYCACBKEQhOCZCMFFQgARjECiGEkBPjQvJzWjAhw3kgFRd6kioWFpv1pleGMJ3dxc/kjFlDm9XwTlb6z2UZdjePauwmae8ndM56zVWNxbL8NyzHl89TRFkiDGsZ3pRAS4D2Q7y9m4UWeXV+g+S2CUDRukObNsCNU2V61lqYOuZx39Vwgd2qjQkC1RgqQP2qJyFH01QH+U+U6pKLUv/WT9D8ULADYQNCFAbfJzHOBqylbGqgWf9f9Mge6FtEiYGNKSNZA7GEdHXQ4tAC4AKABvExhknJUyD86xyMLESQH4omNCum0f0AFWhhFnrW4j2iq0pdItB/BNRqFwbkSrSGcAESUCTKKiTld9fSKBNSYCFAME2xbZBWT5bNtGAXxuVroojy7SLJpm63QBZ6HE74xVQp58dfLmxP6oFTN6uGWpdA73ojRQgEWTGhIusuccZ/W8LavRv9W8GGi96sSWa39vf8a4P7Xy5Qw94k9KdS9uhZDiZqy9TwdZqHFkMCcpLihIhgNQg2iTpAMSgIAgAgShIAKEYCchmKIRBCG488TIBfWCas7UWZHLUHMJz6HFtDSKCjZLN4RiuwZ3rQpjgvLlAewpyQqKxRhi25d6TRDH5DTAfDXFIlbFB+Cj9HQlWVfvM/EGp4pMqbsWZFgniDq02IoX2QahECALwaCFwqQ1XrUfkqN/DxsafR6MvkO5SHso0eiDX1Su0VcD/QeONezqKLUv/WSNDVULAKKPMCFAbep4HMAm0IwLQB0J0+8QzbCr8cR2l9KSwpArSMeDnQjNvkktVsyMfSnkzIslZ1YH9VnL6fjyRssIJT7cy568uxE7qg+3J9ZnrW+fw2w5QzOLg9yzCj3P6BSARaMWA74murusk2JtukBnEPEgwjeeYkY3GaVE4+dLBCgGCLRpogxOFK02ZRS84uKUzKJITZpF0yjEMZrQAF+c0gHhHproNxwUeOU94kttCvmHn46FF+d0Gmmq0FRCxxy8Eh2L/KiRUaiRZIqNguKCwsJwQAORmTQdEsCQIAKGwSAChuAGKbiDCRiGMKMjMZOCe4BH+DL9NObyhVpjpk5OxMOMYp5IWwgviyOOZ1qVRhKO2AJRRpDY4EcIC2P4QTNiO0kw44/1IfZ+p3m6R/D8qBDa6AW8h+G4z8oZ0yHozKHyNaCyJpw0Qb+br4XMSfurbMy0YbJeqDr6hMpQlsr4LiWqfTBi5Xp9JdJ/33HuKw==',
  },
  {
    name: '--long=27 from a pipe: a window of 128 MiB',
    copies: 1,
    base64:
      'KLUv/QSIZRIAZh9UHUBV2i/2txUhy0ZsCmqfVWp3lkhkd+8AtBJjONi5YQBJAEEAmMqimqKKWoLl7giYV1UIgYXhsApLsC5YyFZhRRBPiqaKWhuNRC1B6BEKrY2GQq3GJFOZKopziTpLsB4mygyeVOlMj1qF9XmW9SoOpDJVVbRAheUoLCoTbRRPmjga6k0LFMqJbyhl5u/YIciSnblHb3RvdKvYcLPpsTO1s531y7jfdbvHKzfrOpa9nVpNkcQMWzbMT7QBPEIZybwlWIwx7q/C0mSihKeSYbzNqK5FuL247dyxFXnbOk7sfCszYjtyJh+dw0XGDFlLfa/7WXN121EXr99+Iv/ZlK+s2XF1v60lR9Uzt7cu860uEnjlbvintsY/0TH+nbnZ2Dm1KS775vLzyK7JiojrXGZjHpUdZmPKMNM9XVMJMseS9b53c/jlyGpriNmSvjXmGyRbgNKoIVAZU1JQUFDJsgZwJUmS5hJAQBAECUKQEKwmuGIKEoKDY0XkA83RNb/na77He0wzIn44Hw6x8gZ7IjaPCBdWC6U7Vsc8zVgPMRiwHg+sWBawWGyPEQ+WB0kW22AwlcXoEOFgWpRTsQ2F/hZj4WKBZQErx34Y8WM9kNSwF07NMR9iArE9ErVheuRTxjYMRfxYCwhl2AuzBo6Z5jGqPDEllFGwLuK5WM4XVixLXAy254wXy5Mmi615K4PxmSPcdk6TTHMcl8EoR/otkkG2nF0OdTbWfAKgLVudErSichD7Zy20NZXEqkUfB9nklHwGFVqj+s+nSv7/dAdk8g==',
  },
  {
    name: 'a skippable frame before it',
    copies: 1,
    base64:
      'UCpNGAMAAABhYmMotS/9ZIYvZRIAZh9UHUBV2i/2txUhy0ZsCmqfVWp3lkhkd+8AtBJjONi5YQBJAEEAmMqimqKKWoLl7giYV1UIgYXhsApLsC5YyFZhRRBPiqaKWhuNRC1B6BEKrY2GQq3GJFOZKopziTpLsB4mygyeVOlMj1qF9XmW9SoOpDJVVbRAheUoLCoTbRRPmjga6k0LFMqJbyhl5u/YIciSnblHb3RvdKvYcLPpsTO1s531y7jfdbvHKzfrOpa9nVpNkcQMWzbMT7QBPEIZybwlWIwx7q/C0mSihKeSYbzNqK5FuL247dyxFXnbOk7sfCszYjtyJh+dw0XGDFlLfa/7WXN121EXr99+Iv/ZlK+s2XF1v60lR9Uzt7cu860uEnjlbvintsY/0TH+nbnZ2Dm1KS775vLzyK7JiojrXGZjHpUdZmPKMNM9XVMJMseS9b53c/jlyGpriNmSvjXmGyRbgNKoIVAZU1JQUFDJsgZwJUmS5hJAQBAECUKQEKwmuGIKEoKDY0XkA83RNb/na77He0wzIn44Hw6x8gZ7IjaPCBdWC6U7Vsc8zVgPMRiwHg+sWBawWGyPEQ+WB0kW22AwlcXoEOFgWpRTsQ2F/hZj4WKBZQErx34Y8WM9kNSwF07NMR9iArE9ErVheuRTxjYMRfxYCwhl2AuzBo6Z5jGqPDEllFGwLuK5WM4XVixLXAy254wXy5Mmi615K4PxmSPcdk6TTHMcl8EoR/otkkG2nF0OdTbWfAKgLVudErSichD7Zy20NZXEqkUfB9nklHwGFVqj+s+nSv7/dAdk8g==',
  },
  {
    name: 'several blocks',
    copies: 40,
    base64:
      'KLUv/aTwlAcANBUAdtpJIjBP2wYjyrHZh8hoD3vC7A6yXaTFQI1aZHdv8b8gQ0NMFBhQAEEANgDMQEACQcEpl9yTQ3TKMQzYspz2PBzLc0mkIRK5hyPiuQWIhnHaA5lYFJcca6xGgC0MhcOeU86CSbAGcWCc1tZdKMeg3NOsBwJbHIjjYc5dBAk3kx47UzvTWb+M+121e7xys67K3k5tzloYUyZMi/UAaIgko2GXHELo3D/lHM06qGAaBdZgEpqz2nPJqauBBmsBjXuVnW9lPJ9R7ZERopT/njW/18V/+4n8px41uj71A6qeObHNq2Lkl8yjOyBKdKS+3qjeqFYxiBv/vCb8ExXrn4vomRTRd/l5dGVFxFXZmEdViRRhqkz6oLKXdVJfZmzC7CXhU6ZmVWnh9uK2eoDzqNFo7ZSUpKCSZQ1AAxFJkjQHEkBAEAQIwiAIwRMxgiEeIkAIRvBWGOEC530Dns6JMBvb9F5UZytoX4ho0ouYFqEcauOsoJZ2i58jNPqsNg5NL3QzkhWTSdpYoO0jhKEZqNJjkd4lDOpf4ZcSHs1b0MzegoSATxYCMQ8YV2cVlol/Eja3QyqltSe+oFHx6OqTJMaWtzBTK4mcGl2jp1VFMV/CnTqJQeVzGJqmeQnMAki2UaiiplXRMC4hidsGhcWWeGFAy9PYopibcKuemZ62CsW6hKPn8equhYWEs8e52YYGmlIGMWnsFC+aPWHcYrjF020yFBm/uzTFldJb+JJYU2DnkdSC5JWRGXVXVZbeTuZ6FQr0Eq6ZgVmFPgXEcNNX39jLxCUJUy15UcZcs0eAMdr01Rf2MnG5VE+bCCIrjnNnOh1hpEN7WMv5GVLnn67xmUUYKB/b6QWwl+ZOaaOvHCh9mp/WJpPKtUyuIOOaksGgQW1SfTCpKo4/TAAACHsBAPz/ORACTAAACHQBAPz/ORACTQAACGUBAOyUORAC7LTuYQ==',
  },
];

export function sampleLines(copies = 1): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const line = (i: number): string => {
    const name = ['cart', 'shop', 'pay'][i % 3];
    const span = {
      traceId: hex((i % 5) + 1, 32),
      spanId: hex(i, 16),
      name: `GET /item/${(i * 7919) % 1000}`,
      startTimeUnixNano: String(1_760_000_000_000_000_000n + BigInt(i * 1000)),
      endTimeUnixNano: String(1_760_000_000_000_000_000n + BigInt(i * 3000)),
    };
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: name } }] };
    return `${JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] })}\n`;
  };
  return Array.from({ length: 40 }, (_, i) => line(i + 1))
    .join('')
    .repeat(copies);
}
