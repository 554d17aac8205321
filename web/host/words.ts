// The few texts of the page around the application: loading, failures. Everything else is in app/words.

import type { Language } from './fonts'

const words = {
  loading: { en: 'Loading…', 'zh-CN': '正在加载…' },
  slow: {
    en: 'This takes longer than usual. The first visit downloads about one megabyte.',
    'zh-CN': '加载时间比平时长。首次访问约需下载 1 MB。',
  },
  reload: { en: 'Reload', 'zh-CN': '重新加载' },
  rescue: { en: 'Download my data', 'zh-CN': '下载我的数据' },
  rescueFailed: {
    en: 'The data could not be read: {0}. It is still stored in this browser; reload and try again.',
    'zh-CN': '无法读取数据：{0}。数据仍保存在此浏览器中，请重新加载后再试。',
  },
  details: { en: 'Technical details', 'zh-CN': '技术详情' },
  noWasmTitle: { en: 'This browser is too old', 'zh-CN': '浏览器版本过旧' },
  noWasmText: {
    en: 'PMO Desk needs WebAssembly, which every current browser has. If yours is current, it may be switched off by your company’s security settings: ask for WebAssembly to be allowed for this address.',
    'zh-CN':
      'PMO 工作台需要 WebAssembly，当前主流浏览器均已支持。如果您的浏览器已是最新版本，可能是公司的安全设置将其关闭：请联系管理员为本站点启用 WebAssembly。',
  },
  noGraphicsTitle: { en: 'The browser’s graphics are switched off', 'zh-CN': '浏览器图形功能已关闭' },
  noGraphicsText: {
    en: 'PMO Desk draws with WebGL 2. Switch on hardware acceleration in the browser’s settings (System), restart the browser, and open this page again. In a remote desktop, another browser may help.',
    'zh-CN':
      'PMO 工作台使用 WebGL 2 绘制界面。请在浏览器设置的“系统”中开启硬件加速，重启浏览器后再打开本页。在远程桌面中，可尝试换用其他浏览器。',
  },
  loadFailedTitle: { en: 'PMO Desk could not be loaded', 'zh-CN': 'PMO 工作台加载失败' },
  loadFailedText: {
    en: 'The download was interrupted or blocked. Check the connection and reload. Your projects are stored in this browser and are not affected.',
    'zh-CN': '下载被中断或被拦截。请检查网络后重新加载。您的项目保存在此浏览器中，不受影响。',
  },
  crashTitle: { en: 'PMO Desk has stopped', 'zh-CN': 'PMO 工作台已停止运行' },
  crashText: {
    en: 'A fault in the program stopped it. Everything that was shown as saved is stored in this browser. You can download your data first, then reload to continue.',
    'zh-CN': '程序出现故障，已停止运行。显示为“已保存”的内容都保存在此浏览器中。您可以先下载数据，再重新加载继续工作。',
  },
  contextLost: {
    en: 'The graphics driver has been reset; drawing resumes as soon as it is back…',
    'zh-CN': '显卡驱动已重置，恢复后将自动继续…',
  },
  newerVersion: {
    en: 'A newer version of PMO Desk is open in another window; this one is now read-only. Reload this page to continue here.',
    'zh-CN': '另一个窗口已打开更新版本的 PMO 工作台，本窗口从现在起只读。请刷新本页后继续。',
  },
  olderWindow: {
    en: 'Another window still runs an older version of PMO Desk. Close or reload it, so that this one can open your data.',
    'zh-CN': '另一个窗口仍在运行旧版本的 PMO 工作台。请关闭或刷新该窗口，以便本窗口打开您的数据。',
  },
  screenReader: { en: 'Enable screen reader support', 'zh-CN': '启用读屏支持' },
  application: { en: 'PMO Desk', 'zh-CN': 'PMO 工作台' },
} satisfies Record<string, Record<Language, string>>

export type Word = keyof typeof words

export function wordIn(language: Language, word: Word, ...values: string[]): string {
  return words[word][language].replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? '')
}

export function preferredLanguage(chosen: string): Language {
  const tag = chosen || navigator.language
  return /^zh/i.test(tag) ? 'zh-CN' : 'en'
}
