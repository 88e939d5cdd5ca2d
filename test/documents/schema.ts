import { strFromU8, unzipSync } from 'fflate'
import { tagsOf } from '../../src/campaign/roster/xml-tags.ts'

/**
 * The standard's rules (ECMA-376, transitional) for the elements that we write: their children in sequence, each once, `*` any number,
 * `a|b` one of them. Word and Excel call a file with another order damaged; LibreOffice accepts it.
 */
const sequences: { [element: string]: string } = {
  // Word: part 1, 17 and annex A.1
  document: 'background body',
  body: 'p|tbl* sectPr',
  p: 'pPr r|hyperlink|bookmarkStart|bookmarkEnd*',
  r: 'rPr t|tab|br|fldChar|instrText|footnoteRef|separator|continuationSeparator*',
  pPr: 'pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange',
  rPr: 'rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath',
  tbl: 'tblPr tblGrid tr*',
  tblPr:
    'tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook',
  tblGrid: 'gridCol*',
  tblBorders: 'top left bottom right insideH insideV',
  tr: 'tblPrEx trPr tc*',
  trPr: 'cantSplit|tblHeader|trHeight|jc|gridBefore|gridAfter*',
  tc: 'tcPr p|tbl*',
  tcPr: 'cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark',
  tcBorders: 'top left bottom right insideH insideV tl2br tr2bl',
  tcMar: 'top left bottom right',
  sectPr:
    'headerReference|footerReference* footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings',
  styles: 'docDefaults latentStyles style*',
  docDefaults: 'rPrDefault pPrDefault',
  rPrDefault: 'rPr',
  pPrDefault: 'pPr',
  style:
    'name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr*',
  settings:
    'writeProtection view zoom removePersonalInformation displayBackgroundShape embedTrueTypeFonts mirrorMargins trackRevisions defaultTabStop autoHyphenation evenAndOddHeaders characterSpacingControl updateFields footnotePr endnotePr compat docVars',
  compat: 'compatSetting*',
  ftr: 'p|tbl*',
  footnotes: 'footnote*',
  footnote: 'p|tbl*',
  comments: 'comment*',
  fonts: 'font*',
  numbering: 'numPicBullet* abstractNum* num* numIdMacAtCleanup',
  abstractNum: 'nsid multiLevelType tmpl name styleLink numStyleLink lvl*',
  lvl: 'start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr',
  num: 'abstractNumId lvlOverride*',
  lvlOverride: 'startOverride lvl',
  // Excel: part 1, 18 and annex A.2
  workbook:
    'fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences definedNames calcPr',
  sheets: 'sheet*',
  definedNames: 'definedName*',
  worksheet:
    'sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting* dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter',
  sheetPr: 'tabColor outlinePr pageSetUpPr',
  cols: 'col*',
  sheetData: 'row*',
  row: 'c*',
  c: 'f v is',
  is: 't',
  mergeCells: 'mergeCell*',
  styleSheet: 'numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors',
  fills: 'fill*',
  fill: 'patternFill gradientFill',
  borders: 'border*',
  cellStyleXfs: 'xf*',
  cellXfs: 'xf*',
  cellStyles: 'cellStyle*',
  xf: 'alignment protection',
  // The package around them: part 2
  Types: 'Default* Override*',
  Relationships: 'Relationship*',
  coreProperties: 'title|creator|lastModifiedBy|revision|created|modified*',
  Properties: '',
}
/** In a workbook the same names mean something else. */
const inWorkbook: { [element: string]: string } = {
  font: 'b i strike u vertAlign sz color name family charset scheme',
  border: 'left right top bottom diagonal',
  left: 'color',
  right: 'color',
  top: 'color',
  bottom: 'color',
}
/** Attributes that may have a fraction. */
const fractions = /\s(?:width|left|right|top|bottom|header|footer|encoding|version)="\d+\.\d+"/g

type Open = { name: string; slot: number; taken: boolean; last: string }

/** Everything in a part that the standard does not allow, in words. */
function faultsOf(part: string, xml: string): string[] {
  const isWorkbook = part.startsWith('xl/')
  const faults: string[] = []
  const stack: Open[] = []
  for (const { name, kind, source } of tagsOf(xml)) {
    if (kind === 'end') {
      const closed = stack.pop()
      if (closed?.name === 'tc' && closed.last !== 'p') faults.push(`${part}: a cell ends with ${closed.last}`)
      continue
    }
    if (/="-?\d+\.\d+"/.test(isWorkbook ? source.replace(fractions, '') : source) && !part.startsWith('docProps/'))
      faults.push(`${part}: a fraction in <${source}>`)
    const parent = stack.at(-1)
    if (parent) place(parent, name, isWorkbook, (fault) => faults.push(`${part}: ${fault}`))
    if (kind === 'start') stack.push({ name, slot: 0, taken: false, last: '' })
  }
  return faults
}

function place(parent: Open, name: string, isWorkbook: boolean, fault: (words: string) => void): void {
  parent.last = name
  const sequence = (isWorkbook ? inWorkbook[parent.name] : undefined) ?? sequences[parent.name]
  if (sequence === undefined) return fault(`<${parent.name}> has <${name}>, of which the table says nothing`)
  const slots = sequence.split(' ')
  const at = slots.findIndex((slot, i) => i >= parent.slot && slot.replace('*', '').split('|').includes(name))
  if (at < 0) return fault(`<${name}> stands in the wrong place of <${parent.name}>`)
  if (at === parent.slot && parent.taken && !slots[at]?.endsWith('*'))
    fault(`<${name}> stands twice in <${parent.name}>`)
  parent.slot = at
  parent.taken = true
}

/** The faults of all parts of a Word file or a workbook. */
export function faultsIn(file: Uint8Array): string[] {
  return Object.entries(unzipSync(file)).flatMap(([part, bytes]) => {
    if (part.endsWith('/')) return []
    const xml = strFromU8(bytes)
    const unprintable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(xml)
    return [...(unprintable ? [`${part}: a character that XML does not allow`] : []), ...faultsOf(part, xml)]
  })
}

/** A part of a file as text. */
export const partOf = (file: Uint8Array, part: string): string => {
  const bytes = unzipSync(file)[part]
  if (!bytes) throw new TypeError(`no ${part}`)
  return strFromU8(bytes)
}
