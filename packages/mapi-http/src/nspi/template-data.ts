import { astr, ByteWriter, encode } from '@fauxchange/mapi-wire';

/** Kinds of controls in a dialog: DTCT_… of mapidefs.h, [MS-OXOABKT] 2.2.2. */
export const controlType = { Label: 0, Edit: 1, ListBox: 2, GroupBox: 6, Button: 7, Page: 8, MultivaluedListBox: 11 } as const;
/** DT_MULTILINE, DT_EDITABLE and DT_ACCEPT_DBCS of mapidefs.h. */
export const controlFlag = { Multiline: 1, Editable: 2, AcceptDoubleByte: 0x20 } as const;

/** One control: where it stands, and what it shows. */
export interface Control {
  readonly type: number;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  readonly flags?: number | undefined;
  /** The property that it shows. */
  readonly tag?: number | undefined;
  /** Characters that an edit takes. */
  readonly length?: number | undefined;
  /** The label, or the pattern of what may be typed. */
  readonly text: string;
}

const version = 1;
const sizes = { head: 8, row: 36 } as const;

/** PidTagTemplateData, [MS-OXOABKT] 2.2.2: rows of fixed size, behind them the texts to which they point. */
export function templateData(controls: readonly Control[], codePage: number): Uint8Array {
  const texts = controls.map(({ text }) => encode(astr, text, { codePage }));
  const writer = new ByteWriter();
  writer.u32(version);
  writer.u32(controls.length);
  let offset = sizes.head + sizes.row * controls.length;
  for (const [at, { x, width, y, height, type, flags = 0, tag = 0, length = 0 }] of controls.entries()) {
    for (const number of [x, width, y, height, type, flags, tag, length, offset]) writer.u32(number);
    offset += texts[at]?.length ?? 0;
  }
  for (const text of texts) writer.bytes(text);
  return writer.finish();
}
