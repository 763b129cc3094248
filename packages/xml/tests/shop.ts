import { openSchema } from '../src/index.ts';
import type { Schema } from '../src/index.ts';

export const SHOP = 'urn:shop';
export const COMMON = 'urn:common';

/** A small schema that has every construct once. */
const LINES = String.raw`
!ns c urn:common
!ns s urn:shop
!levels old new
!versions V1=0 V2=1
c:RequestServerVersion>Version$
c:Version$ @Version:#string
c:Culture>CultureType
c:CultureType $:#language
c:ServerInfo>ServerInfoType
c:ServerInfoType @Major:#int? @Name:#string?
s:Order>OrderType
s:OrderResponse>OrderResponseType
s:All>AllType
s:Window>WindowType
s:Anything>AnythingType
s:Holder>HolderType
s:New>OrderType^1
s:Chatty>ChattyType
s:ChattyType $~ One:#string
s:BaseType! @Key:#string?
s:OrderType<BaseType @Urgent:#boolean? @Colour:ColourType Title:#string? (Mail:#string|Phone:#string)? c:Note:c:NoteType? Line:LineType* Items:ItemsType Total:#int
s:LineType @Number:#int Text:#string
s:ItemsType (Apple:AppleType|Pear:PearType|Fig:#string^1)*
s:AppleType<FruitType Seeds:#int?
s:PearType<FruitType Skin:ColoursType? Ripe:#boolean%?
s:FruitType! Weight:#double?
s:ColourType=Red Green Blue^1
s:ColoursType=[]ColourType
s:CodeType=:#string minLength=2 pattern=[A-Z]+
s:DayType=:#int minInclusive=1 maxInclusive=31
s:MixType=|#int CodeType
s:OrderResponseType Code:CodeType? Day:DayType? Mix:MixType? Data:#base64Binary? When:#dateTime? Extra:ExtraType? Fruit:FruitType? Marked:MarkedType?
s:ExtraType ...
s:MarkedType @Id:#string (A:#string|B:#int)+
s:AllType & One:#string Two:#string? Three:#int?
s:WindowType Before:#string? Start:#int/1 Low:#int/1.2 High:#int/1.2 After:#string?
s:AnythingType ...other
s:HolderType Empty:EmptyType? Text:c:NoteType?
s:EmptyType @Id:#string?
c:NoteType @xml:lang:#language? $:#string
`;

export const openShop = (): Schema => openSchema(LINES);

export const envelope = (body: string, header = ''): Buffer => Buffer.from(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">${header && `<s:Header>${header}</s:Header>`}<s:Body>${body}</s:Body></s:Envelope>`);
