import type { FileAttachment, ItemContent } from '../items/item.ts';

/** Extensions of what Exchange Search reads ("File formats indexed by Exchange Search"). */
const indexed: ReadonlySet<string> = new Set(
  ('asc asp aspx bat c cpp cmd css csv cxx def dic doc docm docx dot dotm dotx eml h hpp htm html hxx ibq ics idl inc inf ini inx java js jsp log m3u mht mhtml mpx msg nws obd obt odp ods odt one pdf php pl ' +
    'pot potm potx pps ppsm ppsx ppt pptm pptx pub py rtf sql tif tiff txt url vb vbs vcf vdw vdx vsd vsdm vsdx vss vssm vssx vst vstm vstx vsx vtx wtx xlam xlb xlc xls xlsb xlsm xlsx xlt xml xps xsl zip').split(' '),
);
/** What has no text is passed over and counts as no failure ([K] which ones). */
const withoutText: ReadonlySet<string> = new Set('bmp emf gif ico jpeg jpg m4a mov mp3 mp4 mpeg mpg p7m p7s png wav wma wmf wmv'.split(' '));

/** The first attachment that the index cannot read, its format being one that nobody knows. */
export function unindexedAttachment({ attachments }: Pick<ItemContent, 'attachments'>): FileAttachment | undefined {
  return attachments.find((one): one is FileAttachment => {
    if (one.kind !== 'file' || one.isInline) return false;
    const extension = /\.([^.]+)$/.exec(one.name)?.[1]?.toLowerCase();
    return extension !== undefined && !indexed.has(extension) && !withoutText.has(extension);
  });
}
