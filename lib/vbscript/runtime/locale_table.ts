/**
 * Regional settings as Windows has them, by LCID.
 *
 * These are tables, not what `Intl` says: Deno's own data lacks a third of these languages, and differs from Windows
 * in patterns, signs and short names ("Mrz", "sept."). Patterns are those of Windows 7 with what Windows 10 changed in
 * the common ones, and today's currencies. Dates are of the Gregorian calendar everywhere, as OLE Automation has them.
 *
 * @module
 */

/**
 * LCID | tag | whose names | first day of the week, 1 is Sunday | decimal and group sign | digits of a group after the
 * first | currency | positive amount | negative amount | short date | long date | time. No name: the English ones.
 */
// deno-fmt-ignore -- a table: one row a locale
export const LOCALE_ROWS = `
2057|en-GB||2|.,|3|£|$n|-$n|dd/MM/yyyy|dd MMMM yyyy|HH:mm:ss
3081|en-AU||2|.,|3|$|$n|-$n|d/MM/yyyy|dddd, d MMMM yyyy|h:mm:ss tt
10249|en-BZ||1|.,|3|BZ$|$n|($n)|dd/MM/yyyy|dddd, dd MMMM yyyy|hh:mm:ss tt
4105|en-CA||1|.,|3|$|$n|-$n|yyyy-MM-dd|MMMM d, yyyy|h:mm:ss tt
9225|en-029||2|.,|3|$|$n|-$n|MM/dd/yyyy|dddd, MMMM dd, yyyy|h:mm:ss tt
6153|en-IE||2|.,|3|€|$n|-$n|dd/MM/yyyy|dd MMMM yyyy|HH:mm:ss
8201|en-JM||1|.,|3|J$|$n|-$n|dd/MM/yyyy|dddd, MMMM dd, yyyy|hh:mm:ss tt
5129|en-NZ||2|.,|3|$|$n|-$n|d/MM/yyyy|dddd, d MMMM yyyy|h:mm:ss tt
13321|en-PH||1|.,|3|Php|$n|($n)|M/d/yyyy|dddd, MMMM dd, yyyy|h:mm:ss tt
7177|en-ZA||1|,\u00A0|3|R|$n|-$n|yyyy/MM/dd|dd MMMM yyyy|hh:mm:ss tt
11273|en-TT||1|.,|3|TT$|$n|($n)|dd/MM/yyyy|dddd, dd MMMM yyyy|hh:mm:ss tt
12297|en-ZW||1|.,|3|Z$|$n|($n)|M/d/yyyy|dddd, MMMM dd, yyyy|h:mm:ss tt
16393|en-IN||2|.,|2|₹|$ n|$ -n|dd-MM-yyyy|dd MMMM yyyy|HH:mm:ss
17417|en-MY||1|.,|3|RM|$n|($n)|d/M/yyyy|dddd, d MMMM, yyyy|h:mm:ss tt
18441|en-SG||1|.,|3|$|$n|($n)|d/M/yyyy|dddd, d MMMM, yyyy|h:mm:ss tt
1078|af-ZA|af-ZA|1|.,|3|R|$ n|$-n|yyyy/MM/dd|dd MMMM yyyy|hh:mm:ss tt
1052|sq-AL|sq-AL|2|,.|3|Lek|n$|-n$|yyyy-MM-dd|yyyy-MM-dd|h:mm:ss tt
1118|am-ET|am-ET|1|.,|3|ETB|$n|-$n|d/M/yyyy|dddd '፣' MMMM d 'ቀን' yyyy|h:mm:ss tt
1025|ar-SA|ar-SA|7|.,|3|ر.س.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
14337|ar-AE|ar-SA|7|.,|3|د.إ.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
15361|ar-BH|ar-BH|7|.,|3|د.ب.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
5121|ar-DZ|ar-DZ|7|.,|3|د.ج.\u200F|$ n|$n-|dd-MM-yyyy|dd MMMM, yyyy|H:mm:ss
3073|ar-EG|ar-SA|7|.,|3|ج.م.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
2049|ar-IQ|ar-IQ|7|.,|3|د.ع.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
11265|ar-JO|ar-IQ|7|.,|3|د.ا.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
13313|ar-KW|ar-SA|7|.,|3|د.ك.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
12289|ar-LB|ar-IQ|2|.,|3|ل.ل.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
4097|ar-LY|ar-SA|7|.,|3|د.ل.\u200F|$n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
6145|ar-MA|ar-MA|2|.,|3|د.م.\u200F|$ n|$n-|dd-MM-yyyy|dd MMMM, yyyy|H:mm:ss
8193|ar-OM|ar-SA|7|.,|3|ر.ع.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
16385|ar-QA|ar-SA|7|.,|3|ر.ق.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
10241|ar-SY|ar-IQ|7|.,|3|ل.س.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
7169|ar-TN|ar-DZ|2|.,|3|د.ت.\u200F|$ n|$n-|dd-MM-yyyy|dd MMMM, yyyy|H:mm:ss
9217|ar-YE|ar-SA|7|.,|3|ر.ي.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
1067|hy-AM|hy-AM|2|.,|3|դր.|n $|-n $|dd.MM.yyyy|d MMMM, yyyy|H:mm:ss
1101|as-IN|as-IN|2|.,|2|₹|n$|$ -n|dd-MM-yyyy|yyyy,MMMM dd, dddd|tt h:mm:ss
1068|az-Latn-AZ|az-Latn-AZ|2|,\u00A0|3|man.|n $|-n $|dd.MM.yyyy|d MMMM yyyy|H:mm:ss
2092|az-Cyrl-AZ|az-Cyrl-AZ|2|,\u00A0|3|ман.|n $|-n $|dd.MM.yyyy|d MMMM yyyy|H:mm:ss
1069|eu-ES|eu-ES|2|,.|3|€|n $|-n $|yyyy/MM/dd|dddd, yyyy.'eko' MMMM'k 'd|H:mm:ss
1059|be-BY|be-BY|2|,\u00A0|3|р.|n $|-n $|dd.MM.yyyy|d MMMM yyyy|H:mm:ss
1093|bn-IN|bn-IN|2|.,|2|₹|$ n|$ -n|dd-MM-yy|dd MMMM yyyy|HH.mm.ss
5146|bs-Latn-BA|bs-Latn-BA|2|,.|3|KM|n $|-n $|d.M.yyyy|d. MMMM yyyy|H:mm:ss
1026|bg-BG|bg-BG|2|,\u00A0|3|лв.|n $|-n $|d.M.yyyy 'г.'|dd MMMM yyyy 'г.'|HH:mm:ss 'ч.'
1027|ca-ES|ca-ES|2|,.|3|€|n $|-n $|dd/MM/yyyy|dddd, d' / 'MMMM' / 'yyyy|HH:mm:ss
2052|zh-CN|zh-CN|1|.,|3|¥|$n|$-n|yyyy/M/d|yyyy'年'M'月'd'日'|H:mm:ss
1028|zh-TW|zh-TW|1|.,|3|NT$|$n|-$n|yyyy/M/d|yyyy'年'M'月'd'日'|tt hh:mm:ss
3076|zh-HK|zh-TW|1|.,|3|HK$|$n|($n)|d/M/yyyy|yyyy'年'M'月'd'日'|H:mm:ss
5124|zh-MO|zh-TW|1|.,|3|MOP|$n|($n)|d/M/yyyy|yyyy'年'M'月'd'日'|H:mm:ss
4100|zh-SG|zh-SG|1|.,|3|$|$n|($n)|d/M/yyyy|yyyy'年'M'月'd'日'|tt h:mm:ss
1050|hr-HR|hr-HR|2|,.|3|€|n $|-n $|d.M.yyyy.|d. MMMM yyyy.|H:mm:ss
4122|hr-BA|hr-HR|2|,.|3|KM|n $|-n $|d.M.yyyy.|d. MMMM yyyy.|H:mm:ss
1029|cs-CZ|cs-CZ|2|,\u00A0|3|Kč|n $|-n $|dd.MM.yyyy|dddd d. MMMM yyyy|H:mm:ss
1030|da-DK|da-DK|2|,.|3|kr.|n $|-n $|dd-MM-yyyy|d. MMMM yyyy|HH:mm:ss
1043|nl-NL|nl-NL|2|,.|3|€|$ n|$ -n|d-M-yyyy|dddd d MMMM yyyy|H:mm:ss
2067|nl-BE|nl-NL|2|,.|3|€|$ n|$ -n|d/MM/yyyy|dddd d MMMM yyyy|H:mm:ss
1061|et-EE|et-EE|2|,\u00A0|3|€|n $|-n $|d.MM.yyyy|d. MMMM yyyy'. a.'|H:mm:ss
1065|fa-IR|fa-IR|7|.,|3|ريال|$ n|$n-|MM/dd/yyyy|dddd, MMMM dd, yyyy|hh:mm:ss tt
1080|fo-FO|fo-FO|2|,.|3|kr.|$ n|$ -n|dd-MM-yyyy|d. MMMM yyyy|HH:mm:ss
1035|fi-FI|fi-FI|2|,\u00A0|3|€|n $|-n $|d.M.yyyy|d. MMMM yyyy|H:mm:ss
1036|fr-FR|fr-FR|2|,\u00A0|3|€|n $|-n $|dd/MM/yyyy|dddd d MMMM yyyy|HH:mm:ss
2060|fr-BE|fr-FR|2|,.|3|€|$ n|$ -n|d/MM/yyyy|dddd d MMMM yyyy|HH:mm:ss
3084|fr-CA|fr-FR|1|,\u00A0|3|$|n $|(n $)|yyyy-MM-dd|d MMMM yyyy|HH:mm:ss
4108|fr-CH|fr-FR|2|.'|3|fr.|$ n|$-n|dd.MM.yyyy|dddd d MMMM yyyy|HH:mm:ss
5132|fr-LU|fr-FR|2|,\u00A0|3|€|n $|-n $|dd/MM/yyyy|dddd d MMMM yyyy|HH:mm:ss
6156|fr-MC|fr-FR|2|,\u00A0|3|€|n $|-n $|dd/MM/yyyy|dddd d MMMM yyyy|HH:mm:ss
1122|fy-NL|fy-NL|2|,.|3|€|$ n|$ -n|d-M-yyyy|dddd d MMMM yyyy|H:mm:ss
1071|mk-MK|mk-MK|2|,.|3|ден.|n $|-n $|dd.MM.yyyy|dddd, dd MMMM yyyy|HH:mm:ss
1110|gl-ES|gl-ES|2|,.|3|€|n $|-n $|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|H:mm:ss
1079|ka-GE|ka-GE|2|,\u00A0|3|Lari|n $|-n $|dd.MM.yyyy|yyyy 'წლის' dd MM, dddd|H:mm:ss
1031|de-DE|de-DE|2|,.|3|€|n $|-n $|dd.MM.yyyy|dddd, d. MMMM yyyy|HH:mm:ss
3079|de-AT|de-AT|2|,.|3|€|$ n|-$ n|dd.MM.yyyy|dddd, d. MMMM yyyy|HH:mm:ss
2055|de-CH|de-DE|2|.’|3|CHF|$ n|$-n|dd.MM.yyyy|dddd, d. MMMM yyyy|HH:mm:ss
5127|de-LI|de-DE|2|.’|3|CHF|$ n|$-n|dd.MM.yyyy|dddd, d. MMMM yyyy|HH:mm:ss
4103|de-LU|de-DE|2|,.|3|€|n $|-n $|dd.MM.yyyy|dddd, d. MMMM yyyy|HH:mm:ss
1032|el-GR|el-GR|2|,.|3|€|n $|-n $|d/M/yyyy|dddd, d MMMM yyyy|h:mm:ss tt
1095|gu-IN|gu-IN|2|.,|2|₹|$ n|$ -n|dd-MM-yy|dd MMMM yyyy|HH:mm:ss
1037|he-IL|he-IL|1|.,|3|₪|$ n|$-n|dd/MM/yyyy|dddd dd MMMM yyyy|HH:mm:ss
1081|hi-IN|hi-IN|2|.,|2|₹|$ n|$ -n|dd-MM-yyyy|dd MMMM yyyy|HH:mm:ss
1038|hu-HU|hu-HU|2|,\u00A0|3|Ft|n $|-n $|yyyy. MM. dd.|yyyy. MMMM d., dddd|H:mm:ss
1039|is-IS|is-IS|2|,.|3|kr.|n $|-n $|d.M.yyyy|d. MMMM yyyy|HH:mm:ss
1057|id-ID|id-ID|2|,.|3|Rp|$n|($n)|dd/MM/yyyy|dd MMMM yyyy|H:mm:ss
2108|ga-IE|ga-IE|2|.,|3|€|$n|-$n|dd/MM/yyyy|d MMMM yyyy|HH:mm:ss
1040|it-IT|it-IT|2|,.|3|€|n $|-n $|dd/MM/yyyy|dddd d MMMM yyyy|HH:mm:ss
2064|it-CH|it-IT|2|.’|3|CHF|$ n|$-n|dd.MM.yyyy|dddd, d. MMMM yyyy|HH:mm:ss
1041|ja-JP|ja-JP|1|.,|3|¥|$n|-$n|yyyy/MM/dd|yyyy'年'M'月'd'日'|H:mm:ss
1099|kn-IN|kn-IN|2|.,|2|₹|$ n|$ -n|dd-MM-yy|dd MMMM yyyy|HH:mm:ss
1087|kk-KZ|kk-KZ|2|,\u00A0|3|₸|$n|-$n|dd.MM.yyyy|d MMMM yyyy 'ж.'|H:mm:ss
1107|km-KH|km-KH|1|.,|3|៛|n$|-n$|yyyy-MM-dd|d MMMM yyyy|HH:mm:ss
1111|kok-IN|kok-IN|2|.,|2|₹|$ n|$ -n|dd-MM-yyyy|dd MMMM yyyy|HH:mm:ss
1042|ko-KR|ko-KR|1|.,|3|₩|$n|-$n|yyyy-MM-dd|yyyy'년' M'월' d'일' dddd|tt h:mm:ss
1088|ky-KG|ky-KG|2|,\u00A0|3|сом|n $|-n $|dd.MM.yy|d'-'MMMM yyyy'-ж.'|H:mm:ss
1108|lo-LA|lo-LA|1|.,|3|₭|n$|(n$)|dd/MM/yyyy|dd MMMM yyyy|HH:mm:ss
1062|lv-LV|lv-LV|2|,\u00A0|3|€|n $|-n $|dd.MM.yyyy|dddd, yyyy'. gada 'd. MMMM|H:mm:ss
1063|lt-LT|lt-LT|2|,.|3|€|n $|-n $|yyyy-MM-dd|yyyy 'm.' MMMM d 'd.'|HH:mm:ss
1134|lb-LU|lb-LU|2|,\u00A0|3|€|n $|-n $|dd/MM/yyyy|dddd d MMMM yyyy|HH:mm:ss
1086|ms-MY|ms-MY|2|.,|3|RM|$n|($n)|dd/MM/yyyy|dd MMMM yyyy|H:mm:ss
2110|ms-BN|ms-MY|2|,.|3|$|$n|($n)|dd/MM/yyyy|dd MMMM yyyy|H:mm:ss
1100|ml-IN|ml-IN|2|.,|2|₹|$ n|$ -n|dd-MM-yy|dd MMMM yyyy|HH.mm.ss
1082|mt-MT|mt-MT|2|.,|3|€|$n|-$n|dd/MM/yyyy|dddd, d' ta''' MMMM yyyy|HH:mm:ss
1153|mi-NZ|mi-NZ|2|.,|3|$|$n|-$n|dd/MM/yyyy|dddd, dd MMMM, yyyy|h:mm:ss tt
1102|mr-IN|mr-IN|2|.,|2|₹|$ n|$ -n|dd-MM-yyyy|dd MMMM yyyy|HH:mm:ss
1104|mn-MN|mn-MN|2|,\u00A0|3|₮|n$|-n$|yy.MM.dd|yyyy 'оны' MMMM d|H:mm:ss
1121|ne-NP|ne-NP|1|.,|2|रु|$n|-$n|M/d/yyyy|dddd, MMMM dd, yyyy|h:mm:ss tt
1044|nb-NO|nb-NO|2|,\u00A0|3|kr|$ n|$ -n|dd.MM.yyyy|d. MMMM yyyy|HH:mm:ss
2068|nn-NO|nn-NO|2|,\u00A0|3|kr|$ n|$ -n|dd.MM.yyyy|d. MMMM yyyy|HH:mm:ss
1096|or-IN|or-IN|1|.,|2|₹|$ n|$ -n|dd-MM-yy|dd MMMM yyyy|HH:mm:ss
1123|ps-AF|ps-AF|7|,،|3|؋|$n|$n-|yyyy/M/d|yyyy, dd, MMMM, dddd|h:mm:ss tt
1045|pl-PL|pl-PL|2|,\u00A0|3|zł|n $|-n $|dd.MM.yyyy|dddd, d MMMM yyyy|HH:mm:ss
1046|pt-BR|pt-BR|1|,.|3|R$|$ n|-$ n|dd/MM/yyyy|dddd, d' de 'MMMM' de 'yyyy|HH:mm:ss
2070|pt-PT|pt-PT|2|,.|3|€|n $|-n $|dd/MM/yyyy|d' de 'MMMM' de 'yyyy|HH:mm:ss
1094|pa-IN|pa-IN|2|.,|2|₹|$ n|$ -n|dd-MM-yy|dd MMMM yyyy dddd|tt hh:mm:ss
1047|rm-CH|rm-CH|2|.'|3|fr.|$ n|$-n|dd/MM/yyyy|dddd, d MMMM yyyy|HH:mm:ss
1048|ro-RO|ro-RO|2|,.|3|lei|n $|-n $|dd.MM.yyyy|d MMMM yyyy|HH:mm:ss
2072|ro-MD|ro-RO|2|,.|3|L|n $|-n $|dd.MM.yyyy|d MMMM yyyy|HH:mm:ss
1049|ru-RU|ru-RU|2|,\u00A0|3|₽|n $|-n $|dd.MM.yyyy|d MMMM yyyy 'г.'|H:mm:ss
2073|ru-MD|ru-RU|2|,\u00A0|3|L|n $|-n $|dd.MM.yyyy|d MMMM yyyy 'г.'|H:mm:ss
1103|sa-IN|sa-IN|1|.,|2|₹|$ n|$ -n|dd-MM-yyyy|dd MMMM yyyy dddd|HH:mm:ss
9242|sr-Latn-RS|sr-Latn-RS|2|,.|3|Din.|n $|-n $|d.M.yyyy|d. MMMM yyyy|H:mm:ss
3098|sr-Cyrl-CS|sr-Cyrl-CS|2|,.|3|Дин.|n $|-n $|d.M.yyyy|d. MMMM yyyy|H:mm:ss
2074|sr-Latn-CS|sr-Latn-RS|2|,.|3|Din.|n $|-n $|d.M.yyyy|d. MMMM yyyy|H:mm:ss
10266|sr-Cyrl-RS|sr-Cyrl-CS|2|,.|3|Дин.|n $|-n $|d.M.yyyy|d. MMMM yyyy|H:mm:ss
1074|tn-ZA|tn-ZA|1|.,|3|R|$ n|$-n|yyyy/MM/dd|dd MMMM yyyy|hh:mm:ss tt
1115|si-LK|si-LK|2|.,|2|රු.|$ n|($ n)|yyyy-MM-dd|yyyy MMMM' මස 'dd' වැනිදා 'dddd|h:mm:ss tt
1060|sl-SI|sl-SI|2|,.|3|€|n $|-n $|d.M.yyyy|d. MMMM yyyy|H:mm:ss
1051|sk-SK|sk-SK|2|,\u00A0|3|€|n $|-n $|d. M. yyyy|d. MMMM yyyy|H:mm:ss
1070|hsb-DE|hsb-DE|2|,.|3|€|n $|-n $|d. M. yyyy|dddd, 'dnja' d. MMMM yyyy|H:mm:ss
3082|es-ES|es-ES|2|,.|3|€|n $|-n $|dd/MM/yyyy|dddd, d' de 'MMMM' de 'yyyy|H:mm:ss
1034|es-ES|es-ES|2|,.|3|€|n $|-n $|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|H:mm:ss
11274|es-AR|es-AR|1|,.|3|$|$ n|$-n|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
16394|es-BO|es-AR|1|,.|3|$b|$ n|($ n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
13322|es-CL|es-ES|1|,.|3|$|$ n|-$ n|dd-MM-yyyy|dddd, dd' de 'MMMM' de 'yyyy|H:mm:ss
9226|es-CO|es-AR|1|,.|3|$|$ n|($ n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
5130|es-CR|es-AR|1|,.|3|₡|$n|($n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
7178|es-DO|es-AR|1|.,|3|RD$|$n|($n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
12298|es-EC|es-ES|1|,.|3|$|$ n|($ n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|H:mm:ss
4106|es-GT|es-AR|1|.,|3|Q|$n|($n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
18442|es-HN|es-AR|1|.,|3|L.|$ n|$ -n|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
2058|es-MX|es-AR|1|.,|3|$|$n|-$n|dd/MM/yyyy|dddd, d' de 'MMMM' de 'yyyy|hh:mm:ss tt
19466|es-NI|es-AR|1|.,|3|C$|$ n|($ n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
6154|es-PA|es-AR|1|.,|3|B/.|$ n|($ n)|MM/dd/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
10250|es-PE|es-AR|1|.,|3|S/.|$ n|$ -n|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
20490|es-PR|es-AR|1|.,|3|$|$ n|($ n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
15370|es-PY|es-AR|2|,.|3|Gs|$ n|($ n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
17418|es-SV|es-AR|1|.,|3|$|$n|($n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
21514|es-US|es-US|1|.,|3|$|$n|($n)|M/d/yyyy|dddd, MMMM dd, yyyy|h:mm:ss tt
14346|es-UY|es-AR|2|,.|3|$U|$ n|($ n)|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
8202|es-VE|es-AR|1|,.|3|Bs. F.|$ n|$ -n|dd/MM/yyyy|dddd, dd' de 'MMMM' de 'yyyy|hh:mm:ss tt
1089|sw-KE|sw-KE|1|.,|3|S|$n|($n)|M/d/yyyy|dddd, MMMM dd, yyyy|h:mm:ss tt
1053|sv-SE|sv-SE|2|,\u00A0|3|kr|n $|-n $|yyyy-MM-dd|'den 'd MMMM yyyy|HH:mm:ss
2077|sv-FI|sv-SE|2|,\u00A0|3|€|n $|-n $|d.M.yyyy|'den 'd MMMM yyyy|HH:mm:ss
1114|syr-SY|syr-SY|7|.,|3|ل.س.\u200F|$ n|$n-|dd/MM/yyyy|dd MMMM, yyyy|hh:mm:ss tt
1097|ta-IN|ta-IN|2|.,|2|₹|$ n|$ -n|dd-MM-yyyy|dd MMMM yyyy|HH:mm:ss
1092|tt-RU|tt-RU|2|,\u00A0|3|р.|n $|-n $|dd.MM.yyyy|d MMMM yyyy|H:mm:ss
1098|te-IN|te-IN|2|.,|2|₹|$ n|$ -n|dd-MM-yy|dd MMMM yyyy|HH:mm:ss
1054|th-TH|th-TH|2|.,|3|฿|$n|-$n|d/M/yyyy|'วัน'dddd'ที่' d MMMM yyyy|H:mm:ss
1055|tr-TR|tr-TR|2|,.|3|₺|$n|-$n|d.MM.yyyy|d MMMM yyyy dddd|HH:mm:ss
1090|tk-TM|tk-TM|2|,\u00A0|3|m.|n$|-n$|dd.MM.yy|yyyy 'ý.' MMMM d|H:mm:ss
1058|uk-UA|uk-UA|2|,\u00A0|3|₴|n$|-n$|dd.MM.yyyy|d MMMM yyyy' р.'|H:mm:ss
1056|ur-PK|ur-PK|2|.,|3|Rs|$n|$n-|dd/MM/yyyy|dd MMMM, yyyy|h:mm:ss tt
1091|uz-Latn-UZ|uz-Latn-UZ|2|,\u00A0|3|so'm|n $|-n $|dd/MM yyyy|yyyy 'yil' d-MMMM|HH:mm:ss
2115|uz-Cyrl-UZ|uz-Cyrl-UZ|2|,\u00A0|3|сўм|n $|-n $|dd.MM.yyyy|yyyy 'йил' d-MMMM|HH:mm:ss
1066|vi-VN|vi-VN|2|,.|3|₫|n $|-n $|dd/MM/yyyy|dd MMMM yyyy|h:mm:ss tt
1106|cy-GB|cy-GB|2|.,|3|£|$n|-$n|dd/MM/yyyy|dd MMMM yyyy|HH:mm:ss
1076|xh-ZA|xh-ZA|1|.,|3|R|$ n|$-n|yyyy/MM/dd|dd MMMM yyyy|hh:mm:ss tt
1077|zu-ZA|zu-ZA|1|.,|3|R|$ n|$-n|yyyy/MM/dd|dd MMMM yyyy|hh:mm:ss tt
1084|gd-GB|gd-GB|2|.,|3|£|$n|-$n|dd/MM/yyyy|dd MMMM yyyy|HH:mm:ss
`;

/**
 * Whose | before noon | after noon | months | short months | days | short days | months beside a day. An empty list of
 * short names is that of the long ones, an empty last list that of the months.
 */
// deno-fmt-ignore -- a table: one row a set of names
export const NAME_ROWS = `
af-ZA|AM|PM|Januarie,Februarie,Maart,April,Mei,Junie,Julie,Augustus,September,Oktober,November,Desember|Jan,Feb,Mar,Apr,Mei,Jun,Jul,Aug,Sep,Okt,Nov,Des|Sondag,Maandag,Dinsdag,Woensdag,Donderdag,Vrydag,Saterdag|Son,Maan,Dins,Woen,Dond,Vry,Sat|
sq-AL|PD|MD|janar,shkurt,mars,prill,maj,qershor,korrik,gusht,shtator,tetor,nëntor,dhjetor|Jan,Shk,Mar,Pri,Maj,Qer,Kor,Gsh,Sht,Tet,Nën,Dhj|e diel,e hënë,e martë,e mërkurë,e enjte,e premte,e shtunë|Die,Hën,Mar,Mër,Enj,Pre,Sht|
am-ET|ጡዋት|ከሰዓት|ጃንዩወሪ,ፌብሩወሪ,ማርች,ኤፕረል,ሜይ,ጁን,ጁላይ,ኦገስት,ሴፕቴምበር,ኦክተውበር,ኖቬምበር,ዲሴምበር|ጃንዩ,ፌብሩ,ማርች,ኤፕረ,ሜይ,ጁን,ጁላይ,ኦገስ,ሴፕቴ,ኦክተ,ኖቬም,ዲሴም|እሑድ,ሰኞ,ማክሰኞ,ረቡዕ,ሐሙስ,ዓርብ,ቅዳሜ|እሑድ,ሰኞ,ማክሰ,ረቡዕ,ሐሙስ,ዓርብ,ቅዳሜ|
ar-SA|ص|م|يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر||الأحد,الإثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت||
ar-BH|ص|م|يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر|يناير,فبراير,مارس,ابريل,مايو,يونيو,يوليو,اغسطس,سبتمبر,اكتوبر,نوفمبر,ديسمبر|الأحد,الإثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت||
ar-DZ|ص|م|جانفييه,فيفرييه,مارس,أفريل,مي,جوان,جوييه,أوت,سبتمبر,أكتوبر,نوفمبر,ديسمبر||الأحد,الإثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت||
ar-IQ|ص|م|كانون\u00A0الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين\u00A0الأول,تشرين\u00A0الثاني,كانون\u00A0الأول||الأحد,الإثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت||
ar-MA|ص|م|يناير,فبراير,مارس,أبريل,ماي,يونيو,يوليوز,غشت,شتنبر,أكتوبر,نونبر,دجنبر||الأحد,الإثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت||
hy-AM|||Հունվար,Փետրվար,Մարտ,Ապրիլ,Մայիս,Հունիս,Հուլիս,Օգոստոս,Սեպտեմբեր,Հոկտեմբեր,Նոյեմբեր,Դեկտեմբեր|ՀՆՎ,ՓՏՎ,ՄՐՏ,ԱՊՐ,ՄՅՍ,ՀՆՍ,ՀԼՍ,ՕԳՍ,ՍԵՊ,ՀՈԿ,ՆՈՅ,ԴԵԿ|Կիրակի,Երկուշաբթի,Երեքշաբթի,Չորեքշաբթի,Հինգշաբթի,ՈՒրբաթ,Շաբաթ|Կիր,Երկ,Երք,Չրք,Հնգ,ՈՒր,Շբթ|
as-IN|ৰাতিপু|আবেলি|জানুৱাৰী,ফেব্রুৱাৰী,মার্চ,এপ্রিল,মে,জুন,জুলাই,আগষ্ট,চেপ্টেম্বর,অক্টোবর,নবেম্বর,ডিচেম্বর|জানু,ফেব্রু,মার্চ,এপ্রিল,মে,জুন,জুলাই,আগষ্ট,চেপ্টে,অক্টো,নবে,ডিচে|সোমবাৰ,মঙ্গলবাৰ,বুধবাৰ,বৃহস্পতিবাৰ,শুক্রবাৰ,শনিবাৰ,ৰবিবাৰ|সোম.,মঙ্গল.,বুধ.,বৃহ.,শুক্র.,শনি.,ৰবি.|
az-Latn-AZ|||Yanvar,Fevral,Mart,Aprel,May,İyun,İyul,Avgust,Sentyabr,Oktyabr,Noyabr,Dekabr|Yan,Fev,Mar,Apr,May,İyun,İyul,Avg,Sen,Okt,Noy,Dek|Bazar,Bazar\u00A0ertəsi,Çərşənbə\u00A0axşamı,Çərşənbə,Cümə\u00A0axşamı,Cümə,Şənbə|B,Be,Ça,Ç,Ca,C,Ş|yanvar,fevral,mart,aprel,may,iyun,iyul,avgust,sentyabr,oktyabr,noyabr,dekabr
az-Cyrl-AZ|||Јанвар,Феврал,Март,Апрел,Мај,Ијун,Ијул,Август,Сентјабр,Октјабр,Нојабр,Декабр|Јан,Фев,Мар,Апр,Мај,Ијун,Ијул,Авг,Сен,Окт,Ноя,Дек|Базар,Базар\u00A0ертәси,Чәршәнбә\u00A0ахшамы,Чәршәнбә,Ҹүмә\u00A0ахшамы,Ҹүмә,Шәнбә|Б,Бе,Ча,Ч,Ҹа,Ҹ,Ш|јанвар,феврал,март,апрел,мај,ијун,ијул,август,сентјабр,октјабр,нојабр,декабр
eu-ES|||urtarrila,otsaila,martxoa,apirila,maiatza,ekaina,uztaila,abuztua,iraila,urria,azaroa,abendua|urt.,ots.,mar.,api.,mai.,eka.,uzt.,abu.,ira.,urr.,aza.,abe.|igandea,astelehena,asteartea,asteazkena,osteguna,ostirala,larunbata|ig.,al.,as.,az.,og.,or.,lr.|
be-BY|||Студзень,Люты,Сакавік,Красавік,Май,Чэрвень,Ліпень,Жнівень,Верасень,Кастрычнік,Лістапад,Снежань|Сту,Лют,Сак,Кра,Май,Чэр,Ліп,Жні,Вер,Кас,Ліс,Сне|нядзеля,панядзелак,аўторак,серада,чацвер,пятніца,субота|нд,пн,аў,ср,чц,пт,сб|студзеня,лютага,сакавіка,красавіка,мая,чэрвеня,ліпеня,жніўня,верасня,кастрычніка,лістапада,снежня
bn-IN|পুর্বাহ্ন|অপরাহ্ন|জানুয়ারী,ফেব্রুয়ারী,মার্চ,এপ্রিল,মে,জুন,জুলাই,আগস্ট,সেপ্টেম্বর,অক্টোবর,নভেম্বর,ডিসেম্বর|জানু.,ফেব্রু.,মার্চ,এপ্রিল,মে,জুন,জুলাই,আগ.,সেপ্টে.,অক্টো.,নভে.,ডিসে.|রবিবার,সোমবার,মঙ্গলবার,বুধবার,বৃহস্পতিবার,শুক্রবার,শনিবার|রবি.,সোম.,মঙ্গল.,বুধ.,বৃহস্পতি.,শুক্র.,শনি.|
bs-Latn-BA|||januar,februar,mart,april,maj,juni,juli,avgust,septembar,oktobar,novembar,decembar|jan,feb,mar,apr,maj,jun,jul,avg,sep,okt,nov,dec|nedjelja,ponedjeljak,utorak,srijeda,četvrtak,petak,subota|ned,pon,uto,sri,čet,pet,sub|
bg-BG|||януари,февруари,март,април,май,юни,юли,август,септември,октомври,ноември,декември|ян,февр,март,апр,май,юни,юли,авг,септ,окт,ноември,дек|неделя,понеделник,вторник,сряда,четвъртък,петък,събота|нед,пон,вт,ср,четв,пет,съб|
ca-ES|||gener,febrer,març,abril,maig,juny,juliol,agost,setembre,octubre,novembre,desembre|gen,feb,març,abr,maig,juny,jul,ag,set,oct,nov,des|diumenge,dilluns,dimarts,dimecres,dijous,divendres,dissabte|dg.,dl.,dt.,dc.,dj.,dv.,ds.|
zh-CN|上午|下午|一月,二月,三月,四月,五月,六月,七月,八月,九月,十月,十一月,十二月||星期日,星期一,星期二,星期三,星期四,星期五,星期六|周日,周一,周二,周三,周四,周五,周六|
zh-TW|上午|下午|一月,二月,三月,四月,五月,六月,七月,八月,九月,十月,十一月,十二月||星期日,星期一,星期二,星期三,星期四,星期五,星期六|週日,週一,週二,週三,週四,週五,週六|
zh-SG|AM|PM|一月,二月,三月,四月,五月,六月,七月,八月,九月,十月,十一月,十二月||星期日,星期一,星期二,星期三,星期四,星期五,星期六|周日,周一,周二,周三,周四,周五,周六|
hr-HR|||siječanj,veljača,ožujak,travanj,svibanj,lipanj,srpanj,kolovoz,rujan,listopad,studeni,prosinac|sij,vlj,ožu,tra,svi,lip,srp,kol,ruj,lis,stu,pro|nedjelja,ponedjeljak,utorak,srijeda,četvrtak,petak,subota|ned,pon,uto,sri,čet,pet,sub|siječnja,veljače,ožujka,travnja,svibnja,lipnja,srpnja,kolovoza,rujna,listopada,studenog,prosinca
cs-CZ|dop.|odp.|leden,únor,březen,duben,květen,červen,červenec,srpen,září,říjen,listopad,prosinec|1,2,3,4,5,6,7,8,9,10,11,12|neděle,pondělí,úterý,středa,čtvrtek,pátek,sobota|ne,po,út,st,čt,pá,so|ledna,února,března,dubna,května,června,července,srpna,září,října,listopadu,prosince
da-DK|||januar,februar,marts,april,maj,juni,juli,august,september,oktober,november,december|jan,feb,mar,apr,maj,jun,jul,aug,sep,okt,nov,dec|søndag,mandag,tirsdag,onsdag,torsdag,fredag,lørdag|sø,ma,ti,on,to,fr,lø|
nl-NL|||januari,februari,maart,april,mei,juni,juli,augustus,september,oktober,november,december|jan,feb,mrt,apr,mei,jun,jul,aug,sep,okt,nov,dec|zondag,maandag,dinsdag,woensdag,donderdag,vrijdag,zaterdag|zo,ma,di,wo,do,vr,za|
et-EE|EL|PL|jaanuar,veebruar,märts,aprill,mai,juuni,juuli,august,september,oktoober,november,detsember|jaan,veebr,märts,apr,mai,juuni,juuli,aug,sept,okt,nov,dets|pühapäev,esmaspäev,teisipäev,kolmapäev,neljapäev,reede,laupäev|P,E,T,K,N,R,L|
fa-IR|ق.ظ|ب.ظ|جانفييه,فيفرييه,مارس,أفريل,مي,جوان,جوييه,أوت,سبتمبر,اكتوبر,نوفمبر,ديسمبر||الأحد,الإثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت||
fo-FO|||januar,februar,mars,apríl,mai,juni,juli,august,september,oktober,november,desember|jan,feb,mar,apr,mai,jun,jul,aug,sep,okt,nov,des|sunnudagur,mánadagur,týsdagur,mikudagur,hósdagur,fríggjadagur,leygardagur|sun,mán,týs,mik,hós,frí,leyg|
fi-FI|||tammikuu,helmikuu,maaliskuu,huhtikuu,toukokuu,kesäkuu,heinäkuu,elokuu,syyskuu,lokakuu,marraskuu,joulukuu|tammi,helmi,maalis,huhti,touko,kesä,heinä,elo,syys,loka,marras,joulu|sunnuntai,maanantai,tiistai,keskiviikko,torstai,perjantai,lauantai|su,ma,ti,ke,to,pe,la|tammikuuta,helmikuuta,maaliskuuta,huhtikuuta,toukokuuta,kesäkuuta,heinäkuuta,elokuuta,syyskuuta,lokakuuta,marraskuuta,joulukuuta
fr-FR|||janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre|janv.,févr.,mars,avr.,mai,juin,juil.,août,sept.,oct.,nov.,déc.|dimanche,lundi,mardi,mercredi,jeudi,vendredi,samedi|dim.,lun.,mar.,mer.,jeu.,ven.,sam.|
fy-NL|||jannewaris,febrewaris,maart,april,maaie,juny,july,augustus,septimber,oktober,novimber,desimber|jann,febr,mrt,apr,maaie,jun,jul,aug,sept,okt,nov,des|Snein,Moandei,Tiisdei,Woansdei,Tongersdei,Freed,Sneon|Sn,Mo,Ti,Wo,To,Fr,Sn|
mk-MK|||јануари,февруари,март,април,мај,јуни,јули,август,септември,октомври,ноември,декември|јан,фев,мар,апр,мај,јун,јул,авг,сеп,окт,ное,дек|недела,понеделник,вторник,среда,четврток,петок,сабота|нед,пон,втр,срд,чет,пет,саб|
gl-ES|a.m.|p.m.|xaneiro,febreiro,marzo,abril,maio,xuño,xullo,agosto,setembro,outubro,novembro,decembro|xan,feb,mar,abr,maio,xuñ,xull,ago,set,out,nov,dec|domingo,luns,martes,mércores,xoves,venres,sábado|dom,luns,mar,mér,xov,ven,sáb|
ka-GE|||იანვარი,თებერვალი,მარტი,აპრილი,მაისი,ივნისი,ივლისი,აგვისტო,სექტემბერი,ოქტომბერი,ნოემბერი,დეკემბერი|იან,თებ,მარ,აპრ,მაის,ივნ,ივლ,აგვ,სექ,ოქტ,ნოემ,დეკ|კვირა,ორშაბათი,სამშაბათი,ოთხშაბათი,ხუთშაბათი,პარასკევი,შაბათი||
de-DE|||Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember|Jan,Feb,Mrz,Apr,Mai,Jun,Jul,Aug,Sep,Okt,Nov,Dez|Sonntag,Montag,Dienstag,Mittwoch,Donnerstag,Freitag,Samstag|So,Mo,Di,Mi,Do,Fr,Sa|
de-AT|||Jänner,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember|Jän,Feb,Mär,Apr,Mai,Jun,Jul,Aug,Sep,Okt,Nov,Dez|Sonntag,Montag,Dienstag,Mittwoch,Donnerstag,Freitag,Samstag|So,Mo,Di,Mi,Do,Fr,Sa|
el-GR|πμ|μμ|Ιανουάριος,Φεβρουάριος,Μάρτιος,Απρίλιος,Μάιος,Ιούνιος,Ιούλιος,Αύγουστος,Σεπτέμβριος,Οκτώβριος,Νοέμβριος,Δεκέμβριος|Ιαν,Φεβ,Μαρ,Απρ,Μαϊ,Ιουν,Ιουλ,Αυγ,Σεπ,Οκτ,Νοε,Δεκ|Κυριακή,Δευτέρα,Τρίτη,Τετάρτη,Πέμπτη,Παρασκευή,Σάββατο|Κυρ,Δευ,Τρι,Τετ,Πεμ,Παρ,Σαβ|Ιανουαρίου,Φεβρουαρίου,Μαρτίου,Απριλίου,Μαΐου,Ιουνίου,Ιουλίου,Αυγούστου,Σεπτεμβρίου,Οκτωβρίου,Νοεμβρίου,Δεκεμβρίου
gu-IN|પૂર્વ\u00A0મધ્યાહ્ન|ઉત્તર\u00A0મધ્યાહ્ન|જાન્યુઆરી,ફેબ્રુઆરી,માર્ચ,એપ્રિલ,મે,જૂન,જુલાઈ,ઑગસ્ટ,સપ્ટેમ્બર,ઑક્ટ્બર,નવેમ્બર,ડિસેમ્બર|જાન્યુ,ફેબ્રુ,માર્ચ,એપ્રિલ,મે,જૂન,જુલાઈ,ઑગસ્ટ,સપ્ટે,ઑક્ટો,નવે,ડિસે|રવિવાર,સોમવાર,મંગળવાર,બુધવાર,ગુરુવાર,શુક્રવાર,શનિવાર|રવિ,સોમ,મંગળ,બુધ,ગુરુ,શુક્ર,શનિ|
he-IL|AM|PM|ינואר,פברואר,מרץ,אפריל,מאי,יוני,יולי,אוגוסט,ספטמבר,אוקטובר,נובמבר,דצמבר|ינו,פבר,מרץ,אפר,מאי,יונ,יול,אוג,ספט,אוק,נוב,דצמ|יום\u00A0ראשון,יום\u00A0שני,יום\u00A0שלישי,יום\u00A0רביעי,יום\u00A0חמישי,יום\u00A0שישי,שבת|יום\u00A0א,יום\u00A0ב,יום\u00A0ג,יום\u00A0ד,יום\u00A0ה,יום\u00A0ו,שבת|
hi-IN|पूर्वाह्न|अपराह्न|जनवरी,फरवरी,मार्च,अप्रैल,मई,जून,जुलाई,अगस्त,सितम्बर,अक्तूबर,नवम्बर,दिसम्बर||रविवार,सोमवार,मंगलवार,बुधवार,गुरुवार,शुक्रवार,शनिवार|रवि.,सोम.,मंगल.,बुध.,गुरु.,शुक्र.,शनि.|
hu-HU|de.|du.|január,február,március,április,május,június,július,augusztus,szeptember,október,november,december|jan.,febr.,márc.,ápr.,máj.,jún.,júl.,aug.,szept.,okt.,nov.,dec.|vasárnap,hétfő,kedd,szerda,csütörtök,péntek,szombat|V,H,K,Sze,Cs,P,Szo|
is-IS|||janúar,febrúar,mars,apríl,maí,júní,júlí,ágúst,september,október,nóvember,desember|jan.,feb.,mar.,apr.,maí,jún.,júl.,ágú.,sep.,okt.,nóv.,des.|sunnudagur,mánudagur,þriðjudagur,miðvikudagur,fimmtudagur,föstudagur,laugardagur|sun.,mán.,þri.,mið.,fim.,fös.,lau.|
id-ID|||Januari,Februari,Maret,April,Mei,Juni,Juli,Agustus,September,Oktober,Nopember,Desember|Jan,Feb,Mar,Apr,Mei,Jun,Jul,Agust,Sep,Okt,Nop,Des|Minggu,Senin,Selasa,Rabu,Kamis,Jumat,Sabtu|Minggu,Sen,Sel,Rabu,Kamis,Jumat,Sabtu|
ga-IE|r.n.|i.n.|Eanáir,Feabhra,Márta,Aibreán,Bealtaine,Meitheamh,Iúil,Lúnasa,Meán Fómhair,Deireadh Fómhair,Samhain,Nollaig|Ean,Feabh,Már,Aib,Bealt,Meith,Iúil,Lún,M.Fómh,D.Fómh,Samh,Noll|Dé Domhnaigh,Dé Luain,Dé Máirt,Dé Céadaoin,Déardaoin,Dé hAoine,Dé Sathairn|Domh,Luan,Máir,Céad,Déar,Aoi,Sath|
it-IT|||gennaio,febbraio,marzo,aprile,maggio,giugno,luglio,agosto,settembre,ottobre,novembre,dicembre|gen,feb,mar,apr,mag,giu,lug,ago,set,ott,nov,dic|domenica,lunedì,martedì,mercoledì,giovedì,venerdì,sabato|dom,lun,mar,mer,gio,ven,sab|
ja-JP|午前|午後|1月,2月,3月,4月,5月,6月,7月,8月,9月,10月,11月,12月|1,2,3,4,5,6,7,8,9,10,11,12|日曜日,月曜日,火曜日,水曜日,木曜日,金曜日,土曜日|日,月,火,水,木,金,土|
kn-IN|ಪೂರ್ವಾಹ್ನ|ಅಪರಾಹ್ನ|ಜನವರಿ,ಫೆಬ್ರವರಿ,ಮಾರ್ಚ್,ಎಪ್ರಿಲ್,ಮೇ,ಜೂನ್,ಜುಲೈ,ಆಗಸ್ಟ್,ಸೆಪ್ಟಂಬರ್,ಅಕ್ಟೋಬರ್,ನವೆಂಬರ್,ಡಿಸೆಂಬರ್||ಭಾನುವಾರ,ಸೋಮವಾರ,ಮಂಗಳವಾರ,ಬುಧವಾರ,ಗುರುವಾರ,ಶುಕ್ರವಾರ,ಶನಿವಾರ|ಭಾನು.,ಸೋಮ.,ಮಂಗಳ.,ಬುಧ.,ಗುರು.,ಶುಕ್ರ.,ಶನಿ.|
kk-KZ|||қаңтар,ақпан,наурыз,сәуір,мамыр,маусым,шілде,тамыз,қыркүйек,қазан,қараша,желтоқсан|Қаң,Ақп,Нау,Сәу,Мам,Мау,Шіл,Там,Қыр,Қаз,Қар,Жел|Жексенбі,Дүйсенбі,Сейсенбі,Сәрсенбі,Бейсенбі,Жұма,Сенбі|Жк,Дс,Сс,Ср,Бс,Жм,Сн|
km-KH|ព្រឹក|ល្ងាច|មករា,កុម្ភៈ,មិនា,មេសា,ឧសភា,មិថុនា,កក្កដា,សីហា,កញ្ញា,តុលា,វិច្ឆិកា,ធ្នូ|១,២,៣,៤,៥,៦,៧,៨,៩,១០,១១,១២|ថ្ងៃអាទិត្យ,ថ្ងៃច័ន្ទ,ថ្ងៃអង្គារ,ថ្ងៃពុធ,ថ្ងៃព្រហស្បតិ៍,ថ្ងៃសុក្រ,ថ្ងៃសៅរ៍|អាទិ.,ច.,អ.,ពុ,ព្រហ.,សុ.,ស.|
kok-IN|म.पू.|म.नं.|जानेवारी,फेब्रुवारी,मार्च,एप्रिल,मे,जून,जुलै,ऑगस्ट,सप्टेंबर,ऑक्टोबर,नोवेम्बर,डिसेंबर||आयतार,सोमार,मंगळार,बुधवार,बिरेस्तार,सुक्रार,शेनवार|आय.,सोम.,मंगळ.,बुध.,बिरे.,सुक्र.,शेन.|
ko-KR|오전|오후|1월,2월,3월,4월,5월,6월,7월,8월,9월,10월,11월,12월|1,2,3,4,5,6,7,8,9,10,11,12|일요일,월요일,화요일,수요일,목요일,금요일,토요일|일,월,화,수,목,금,토|
ky-KG|||Январь,Февраль,Март,Апрель,Май,Июнь,Июль,Август,Сентябрь,Октябрь,Ноябрь,Декабрь|Янв,Фев,Мар,Апр,Май,Июн,Июл,Авг,Сен,Окт,Ноя,Дек|Жекшемби,Дүйшөмбү,Шейшемби,Шаршемби,Бейшемби,Жума,Ишемби|Жш,Дш,Шш,Шр,Бш,Жм,Иш|
lo-LA|ເຊົ້າ|ແລງ|ມັງກອນ,ກຸມພາ,ມີນາ,ເມສາ,ພຶດສະພາ,ມິຖຸນາ,ກໍລະກົດ,ສິງຫາ,ກັນຍາ,ຕຸລາ,ພະຈິກ,ທັນວາ||ວັນອາທິດ,ວັນຈັນ,ວັນອັງຄານ,ວັນພຸດ,ວັນພະຫັດ,ວັນສຸກ,ວັນເສົາ|ອາທິດ,ຈັນ,ອັງຄານ,ພຸດ,ພະຫັດ,ສຸກ,ເສົາ|
lv-LV|||janvāris,februāris,marts,aprīlis,maijs,jūnijs,jūlijs,augusts,septembris,oktobris,novembris,decembris|jan,feb,mar,apr,mai,jūn,jūl,aug,sep,okt,nov,dec|svētdiena,pirmdiena,otrdiena,trešdiena,ceturtdiena,piektdiena,sestdiena|sv,pr,ot,tr,ce,pk,se|janvārī,februārī,martā,aprīlī,maijā,jūnijā,jūlijā,augustā,septembrī,oktobrī,novembrī,decembrī
lt-LT|||sausis,vasaris,kovas,balandis,gegužė,birželis,liepa,rugpjūtis,rugsėjis,spalis,lapkritis,gruodis|Sau,Vas,Kov,Bal,Geg,Bir,Lie,Rgp,Rgs,Spl,Lap,Grd|sekmadienis,pirmadienis,antradienis,trečiadienis,ketvirtadienis,penktadienis,šeštadienis|Sk,Pr,An,Tr,Kt,Pn,Št|sausio,vasario,kovo,balandžio,gegužės,birželio,liepos,rugpjūčio,rugsėjo,spalio,lapkričio,gruodžio
lb-LU|||Januar,Februar,Mäerz,Abrëll,Mee,Juni,Juli,August,September,Oktober,November,Dezember|Jan,Feb,Mäe,Abr,Mee,Jun,Jul,Aug,Sep,Okt,Nov,Dez|Sonndeg,Méindeg,Dënschdeg,Mëttwoch,Donneschdeg,Freideg,Samschdeg|Son,Méi,Dën,Mët,Don,Fre,Sam|
ms-MY|||Januari,Februari,Mac,April,Mei,Jun,Julai,Ogos,September,Oktober,November,Disember|Jan,Feb,Mac,Apr,Mei,Jun,Jul,Ogos,Sept,Okt,Nov,Dis|Ahad,Isnin,Selasa,Rabu,Khamis,Jumaat,Sabtu|Ahad,Isnin,Sel,Rabu,Khamis,Jumaat,Sabtu|
ml-IN|AM|PM|ജനുവരി,ഫെബ്റുവരി,മാറ്ച്ച്,ഏപ്റില്,മെയ്,ജൂണ്,ജൂലൈ,ഓഗസ്ററ്,സെപ്ററംബറ്,ഒക്ടോബറ്,നവംബറ്,ഡിസംബറ്||ഞായറാഴ്ച,തിങ്കളാഴ്ച,ചൊവ്വാഴ്ച,ബുധനാഴ്ച,വ്യാഴാഴ്ച,വെള്ളിയാഴ്ച,ശനിയാഴ്ച|ഞായർ.,തിങ്കൾ.,ചൊവ്വ.,ബുധൻ.,വ്യാഴം.,വെള്ളി.,ശനി.|
mt-MT|AM|PM|Jannar,Frar,Marzu,April,Mejju,Ġunju,Lulju,Awissu,Settembru,Ottubru,Novembru,Diċembru|Jan,Fra,Mar,Apr,Mej,Ġun,Lul,Awi,Set,Ott,Nov,Diċ|Il-Ħadd,It-Tnejn,It-Tlieta,L-Erbgħa,Il-Ħamis,Il-Ġimgħa,Is-Sibt|Ħad,Tne,Tli,Erb,Ħam,Ġim,Sib|
mi-NZ|a.m.|p.m.|Kohi-tātea,Hui-tanguru,Poutū-te-rangi,Paenga-whāwhā,Haratua,Pipiri,Hōngongoi,Here-turi-kōkā,Mahuru,Whiringa-ā-nuku,Whiringa-ā-rangi,Hakihea|Kohi,Hui,Pou,Pae,Hara,Pipi,Hōngo,Here,Mahu,Nuku,Rangi,Haki|Rātapu,Rāhina,Rātū,Rāapa,Rāpare,Rāmere,Rāhoroi|Ta,Hi,Tū,Apa,Pa,Me,Ho|
mr-IN|म.पू.|म.नं.|जानेवारी,फेब्रुवारी,मार्च,एप्रिल,मे,जून,जुलै,ऑगस्ट,सप्टेंबर,ऑक्टोबर,नोव्हेंबर,डिसेंबर|जाने.,फेब्रु.,मार्च,एप्रिल,मे,जून,जुलै,ऑगस्ट,सप्टें.,ऑक्टो.,नोव्हें.,डिसें.|रविवार,सोमवार,मंगळवार,बुधवार,गुरुवार,शुक्रवार,शनिवार|रवि.,सोम.,मंगळ.,बुध.,गुरु.,शुक्र.,शनि.|
mn-MN|||1\u00A0дүгээр\u00A0сар,2\u00A0дугаар\u00A0сар,3\u00A0дугаар\u00A0сар,4\u00A0дүгээр\u00A0сар,5\u00A0дугаар\u00A0сар,6\u00A0дугаар\u00A0сар,7\u00A0дугаар\u00A0сар,8\u00A0дугаар\u00A0сар,9\u00A0дүгээр\u00A0сар,10\u00A0дугаар\u00A0сар,11\u00A0дүгээр\u00A0сар,12\u00A0дугаар\u00A0сар|I,II,III,IV,V,VI,VII,VIII,IX,X,XI,XII|Ням,Даваа,Мягмар,Лхагва,Пүрэв,Баасан,Бямба|Ня,Да,Мя,Лх,Пү,Ба,Бя|1\u00A0дүгээр\u00A0сарын,2\u00A0дугаар\u00A0сарын,3\u00A0дугаар\u00A0сарын,4\u00A0дүгээр\u00A0сарын,5\u00A0дугаар\u00A0сарын,6\u00A0дугаар\u00A0сарын,7\u00A0дугаар\u00A0сарын,8\u00A0дугаар\u00A0сарын,9\u00A0дүгээр\u00A0сарын,10\u00A0дугаар\u00A0сарын,11\u00A0дүгээр\u00A0сарын,12\u00A0дугаар\u00A0сарын
ne-NP|विहानी|बेलुकी|जनवरी,फेब्रुअरी,मार्च,अप्रिल,मे,जून,जुलाई,अगस्त,सेप्टेम्बर,अक्टोबर,नोभेम्बर,डिसेम्बर|जन,फेब,मार्च,अप्रिल,मे,जून,जुलाई,अग,सेप्ट,अक्ट,नोभ,डिस|आइतवार,सोमवार,मङ्गलवार,बुधवार,बिहीवार,शुक्रवार,शनिवार|आइत,सोम,मङ्गल,बुध,बिही,शुक्र,शनि|
nb-NO|||januar,februar,mars,april,mai,juni,juli,august,september,oktober,november,desember|jan,feb,mar,apr,mai,jun,jul,aug,sep,okt,nov,des|søndag,mandag,tirsdag,onsdag,torsdag,fredag,lørdag|sø,ma,ti,on,to,fr,lø|
nn-NO|||januar,februar,mars,april,mai,juni,juli,august,september,oktober,november,desember|jan,feb,mar,apr,mai,jun,jul,aug,sep,okt,nov,des|søndag,måndag,tysdag,onsdag,torsdag,fredag,laurdag|sø,må,ty,on,to,fr,la|
or-IN|AM|PM|ଜାନୁୟାରୀ,ଫ୍ରେବୃୟାରୀ,ମାର୍ଚ୍ଚ,ଏପ୍ରିଲ୍\u200C,ମେ,ଜୁନ୍\u200C,ଜୁଲାଇ,ଅଗଷ୍ଟ,ସେପ୍ଟେମ୍ବର,ଅକ୍ଟୋବର,ନଭେମ୍ବର,ଡିସେମ୍ବର||ରବିବାର,ସୋମବାର,ମଙ୍ଗଳବାର,ବୁଧବାର,ଗୁରୁବାର,ଶୁକ୍ରବାର,ଶନିବାର|ରବି.,ସୋମ.,ମଙ୍ଗଳ.,ବୁଧ.,ଗୁରୁ.,ଶୁକ୍ର.,ଶନି.|
ps-AF|غ.م|غ.و|سلواغه,كب,ورى,غويى,غبرګولى,چنګا ښزمرى,زمرى,وږى,تله,لړم,لنڈ ۍ,مرغومى|سلواغه,كب,ورى,غويى,غبرګولى,چنګا ښ,زمرى,وږى,تله,لړم,لنڈ ۍ,مرغومى|یکشنبه,دوشنبه,سه\u200Cشنبه,چارشنبه,پنجشنبه,جمعه,شنبه||
pl-PL|||styczeń,luty,marzec,kwiecień,maj,czerwiec,lipiec,sierpień,wrzesień,październik,listopad,grudzień|sty,lut,mar,kwi,maj,cze,lip,sie,wrz,paź,lis,gru|niedziela,poniedziałek,wtorek,środa,czwartek,piątek,sobota|niedz.,pon.,wt.,śr.,czw.,pt.,sob.|stycznia,lutego,marca,kwietnia,maja,czerwca,lipca,sierpnia,września,października,listopada,grudnia
pt-BR|||janeiro,fevereiro,março,abril,maio,junho,julho,agosto,setembro,outubro,novembro,dezembro|jan,fev,mar,abr,mai,jun,jul,ago,set,out,nov,dez|domingo,segunda-feira,terça-feira,quarta-feira,quinta-feira,sexta-feira,sábado|dom,seg,ter,qua,qui,sex,sáb|
pt-PT|||Janeiro,Fevereiro,Março,Abril,Maio,Junho,Julho,Agosto,Setembro,Outubro,Novembro,Dezembro|Jan,Fev,Mar,Abr,Mai,Jun,Jul,Ago,Set,Out,Nov,Dez|domingo,segunda-feira,terça-feira,quarta-feira,quinta-feira,sexta-feira,sábado|dom,seg,ter,qua,qui,sex,sáb|
pa-IN|ਸਵੇਰ|ਸ਼ਾਮ|ਜਨਵਰੀ,ਫ਼ਰਵਰੀ,ਮਾਰਚ,ਅਪ੍ਰੈਲ,ਮਈ,ਜੂਨ,ਜੁਲਾਈ,ਅਗਸਤ,ਸਤੰਬਰ,ਅਕਤੂਬਰ,ਨਵੰਬਰ,ਦਸੰਬਰ||ਐਤਵਾਰ,ਸੋਮਵਾਰ,ਮੰਗਲਵਾਰ,ਬੁੱਧਵਾਰ,ਵੀਰਵਾਰ,ਸ਼ੁੱਕਰਵਾਰ,ਸ਼ਨਿੱਚਰਵਾਰ|ਐਤ.,ਸੋਮ.,ਮੰਗਲ.,ਬੁੱਧ.,ਵੀਰ.,ਸ਼ੁਕਰ.,ਸ਼ਨਿੱਚਰ.|
rm-CH|||schaner,favrer,mars,avrigl,matg,zercladur,fanadur,avust,settember,october,november,december|schan,favr,mars,avr,matg,zercl,fan,avust,sett,oct,nov,dec|dumengia,glindesdi,mardi,mesemna,gievgia,venderdi,sonda|du,gli,ma,me,gie,ve,so|
ro-RO|||ianuarie,februarie,martie,aprilie,mai,iunie,iulie,august,septembrie,octombrie,noiembrie,decembrie|ian.,feb.,mar.,apr.,mai.,iun.,iul.,aug.,sep.,oct.,nov.,dec.|duminică,luni,marţi,miercuri,joi,vineri,sâmbătă|D,L,Ma,Mi,J,V,S|
ru-RU|||Январь,Февраль,Март,Апрель,Май,Июнь,Июль,Август,Сентябрь,Октябрь,Ноябрь,Декабрь|янв,фев,мар,апр,май,июн,июл,авг,сен,окт,ноя,дек|воскресенье,понедельник,вторник,среда,четверг,пятница,суббота|Вс,Пн,Вт,Ср,Чт,Пт,Сб|января,февраля,марта,апреля,мая,июня,июля,августа,сентября,октября,ноября,декабря
sa-IN|पूर्वाह्न|अपराह्न|जनवरी,फरवरी,मार्च,अप्रैल,मई,जून,जुलाई,अगस्त,सितम्बर,अक्तूबर,नवम्बर,दिसम्बर||रविवासरः,सोमवासरः,मङ्गलवासरः,बुधवासरः,गुरुवासरः,शुक्रवासरः,शनिवासरः||
sr-Latn-RS|||januar,februar,mart,april,maj,jun,jul,avgust,septembar,oktobar,novembar,decembar|jan,feb,mar,apr,maj,jun,jul,avg,sep,okt,nov,dec|nedelja,ponedeljak,utorak,sreda,četvrtak,petak,subota|ned,pon,uto,sre,čet,pet,sub|
sr-Cyrl-CS|||јануар,фебруар,март,април,мај,јун,јул,август,септембар,октобар,новембар,децембар|јан,феб,мар,апр,мај,јун,јул,авг,сеп,окт,нов,дец|недеља,понедељак,уторак,среда,четвртак,петак,субота|нед,пон,уто,сре,чет,пет,суб|
tn-ZA|AM|PM|Ferikgong,Tlhakole,Mopitloe,Moranang,Motsheganong,Seetebosigo,Phukwi,Phatwe,Lwetse,Diphalane,Ngwanatsele,Sedimothole|Fer.,Tlhak.,Mop.,Mor.,Motsh.,Seet.,Phukw.,Phatw.,Lwets.,Diph.,Ngwan.,Sed.|Latshipi,Mosupologo,Labobedi,Laboraro,Labone,Labotlhano,Lamatlhatso|Ltp.,Mos.,Lbd.,Lbr.,Lbn.,Lbt.,Lmt.|
si-LK|පෙ.ව.|ප.ව.|ජනවාරි,පෙබරවාරි,මාර්තු,අ\u200Cප්\u200Dරේල්,මැයි,ජූනි,ජූලි,අ\u200Cගෝස්තු,සැප්තැම්බර්,ඔක්තෝබර්,නොවැම්බර්,දෙසැම්බර්|ජන.,පෙබ.,මාර්තු.,අප්\u200Dරේල්.,මැයි.,ජූනි.,ජූලි.,අගෝ.,සැප්.,ඔක්.,නොවැ.,දෙසැ.|ඉරිදා,සඳුදා,අඟහරුවාදා,බදාදා,බ්\u200Dරහස්පතින්දා,සිකුරාදා,සෙනසුරාදා|ඉරිදා,සඳුදා,කුජදා,බුදදා,ගුරුදා,කිවිදා,ශනිදා|
sl-SI|||januar,februar,marec,april,maj,junij,julij,avgust,september,oktober,november,december|jan,feb,mar,apr,maj,jun,jul,avg,sep,okt,nov,dec|nedelja,ponedeljek,torek,sreda,četrtek,petek,sobota|ned,pon,tor,sre,čet,pet,sob|
sk-SK|||január,február,marec,apríl,máj,jún,júl,august,september,október,november,december|1,2,3,4,5,6,7,8,9,10,11,12|nedeľa,pondelok,utorok,streda,štvrtok,piatok,sobota|ne,po,ut,st,št,pi,so|januára,februára,marca,apríla,mája,júna,júla,augusta,septembra,októbra,novembra,decembra
hsb-DE|||januar,februar,měrc,apryl,meja,junij,julij,awgust,september,oktober,nowember,december|jan,feb,měr,apr,mej,jun,jul,awg,sep,okt,now,dec|njedźela,póndźela,wutora,srjeda,štwórtk,pjatk,sobota|nje,pón,wut,srj,štw,pja,sob|januara,februara,měrca,apryla,meje,junija,julija,awgusta,septembra,oktobra,nowembra,decembra
es-ES|||enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre|ene.,feb.,mar.,abr.,may.,jun.,jul.,ago.,sep.,oct.,nov.,dic.|domingo,lunes,martes,miércoles,jueves,viernes,sábado|do.,lu.,ma.,mi.,ju.,vi.,sá.|
es-AR|a.m.|p.m.|enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre|ene,feb,mar,abr,may,jun,jul,ago,sep,oct,nov,dic|domingo,lunes,martes,miércoles,jueves,viernes,sábado|dom,lun,mar,mié,jue,vie,sáb|
es-US|AM|PM|enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre|ene,feb,mar,abr,may,jun,jul,ago,sep,oct,nov,dic|domingo,lunes,martes,miércoles,jueves,viernes,sábado|dom,lun,mar,mié,jue,vie,sáb|
sw-KE|AM|PM|Januari,Februari,Machi,Aprili,Mei,Juni,Julai,Agosti,Septemba,Oktoba,Novemba,Decemba|Jan,Feb,Mac,Apr,Mei,Jun,Jul,Ago,Sep,Okt,Nov,Dec|Jumapili,Jumatatu,Jumanne,Jumatano,Alhamisi,Ijumaa,Jumamosi|Jumap.,Jumat.,Juman.,Jumat.,Alh.,Iju.,Jumam.|
sv-SE|||januari,februari,mars,april,maj,juni,juli,augusti,september,oktober,november,december|jan,feb,mar,apr,maj,jun,jul,aug,sep,okt,nov,dec|söndag,måndag,tisdag,onsdag,torsdag,fredag,lördag|sö,må,ti,on,to,fr,lö|
syr-SY|ܩ.ܛ|ܒ.ܛ|ܟܢܘܢ\u00A0ܐܚܪܝ,ܫܒܛ,ܐܕܪ,ܢܝܣܢ,ܐܝܪ,ܚܙܝܪܢ,ܬܡܘܙ,ܐܒ,ܐܝܠܘܠ,ܬܫܪܝ\u00A0ܩܕܝܡ,ܬܫܪܝ\u00A0ܐܚܪܝ,ܟܢܘܢ\u00A0ܩܕܝܡ|܏ܟܢ\u00A0܏ܒ,ܫܒܛ,ܐܕܪ,ܢܝܣܢ,ܐܝܪ,ܚܙܝܪܢ,ܬܡܘܙ,ܐܒ,ܐܝܠܘܠ,܏ܬܫ\u00A0܏ܐ,܏ܬܫ\u00A0܏ܒ,܏ܟܢ\u00A0܏ܐ|ܚܕ\u00A0ܒܫܒܐ,ܬܪܝܢ\u00A0ܒܫܒܐ,ܬܠܬܐ\u00A0ܒܫܒܐ,ܐܪܒܥܐ\u00A0ܒܫܒܐ,ܚܡܫܐ\u00A0ܒܫܒܐ,ܥܪܘܒܬܐ,ܫܒܬܐ|܏ܐ\u00A0܏ܒܫ,܏ܒ\u00A0܏ܒܫ,܏ܓ\u00A0܏ܒܫ,܏ܕ\u00A0܏ܒܫ,܏ܗ\u00A0܏ܒܫ,܏ܥܪܘܒ,܏ܫܒ|
ta-IN|காலை|மாலை|ஜனவரி,பிப்ரவரி,மார்ச்,ஏப்ரல்,மே,ஜூன்,ஜூலை,ஆகஸ்ட்,செப்டம்பர்,அக்டோபர்,நவம்பர்,டிசம்பர்||ஞாயிற்றுக்கிழமை,திங்கள்கிழமை,செவ்வாய்கிழமை,புதன்கிழமை,வியாழக்கிழமை,வெள்ளிக்கிழமை,சனிக்கிழமை|ஞாயிறு,திங்கள்,செவ்வாய்,புதன்,வியாழன்,வெள்ளி,சனி|
tt-RU|||Гыйнвар,Февраль,Март,Апрель,Май,Июнь,Июль,Август,Сентябрь,Октябрь,Ноябрь,Декабрь|Гыйн.,Фев.,Мар.,Апр.,Май,Июнь,Июль,Авг.,Сен.,Окт.,Нояб.,Дек.|Якшәмбе,Дүшәмбе,Сишәмбе,Чәршәмбе,Пәнҗешәмбе,Җомга,Шимбә|Якш,Дүш,Сиш,Чәрш,Пәнҗ,Җом,Шим|Гыйнварның,Февральнең,Мартның,Апрельнең,Майның,Июньнең,Июльнең,Августның,Сентябрьның,Октябрьның,Ноябрьның,Декабрьның
te-IN|పూర్వాహ్న|అపరాహ్న|జనవరి,ఫిబ్రవరి,మార్చి,ఏప్రిల్,మే,జూన్,జూలై,ఆగస్టు,సెప్టెంబర్,అక్టోబర్,నవంబర్,డిసెంబర్||ఆదివారం,సోమవారం,మంగళవారం,బుధవారం,గురువారం,శుక్రవారం,శనివారం|ఆది.,సోమ.,మంగళ.,బుధ.,గురు.,శుక్ర.,శని.|
th-TH|AM|PM|มกราคม,กุมภาพันธ์,มีนาคม,เมษายน,พฤษภาคม,มิถุนายน,กรกฎาคม,สิงหาคม,กันยายน,ตุลาคม,พฤศจิกายน,ธันวาคม|ม.ค.,ก.พ.,มี.ค.,เม.ย.,พ.ค.,มิ.ย.,ก.ค.,ส.ค.,ก.ย.,ต.ค.,พ.ย.,ธ.ค.|อาทิตย์,จันทร์,อังคาร,พุธ,พฤหัสบดี,ศุกร์,เสาร์|อา.,จ.,อ.,พ.,พฤ.,ศ.,ส.|
tr-TR|||Ocak,Şubat,Mart,Nisan,Mayıs,Haziran,Temmuz,Ağustos,Eylül,Ekim,Kasım,Aralık|Oca,Şub,Mar,Nis,May,Haz,Tem,Ağu,Eyl,Eki,Kas,Ara|Pazar,Pazartesi,Salı,Çarşamba,Perşembe,Cuma,Cumartesi|Paz,Pzt,Sal,Çar,Per,Cum,Cmt|
tk-TM|||Ýanwar,Fewral,Mart,Aprel,Maý,lýun,lýul,Awgust,Sentýabr,Oktýabr,Noýabr,Dekabr|Ýan,Few,Mart,Apr,Maý,lýun,lýul,Awg,Sen,Okt,Not,Dek|Duşenbe,Sişenbe,Çarşenbe,Penşenbe,Anna,Şenbe,Ýekşenbe|Db,Sb,Çb,Pb,An,Şb,Ýb|
uk-UA|||Січень,Лютий,Березень,Квітень,Травень,Червень,Липень,Серпень,Вересень,Жовтень,Листопад,Грудень|Січ,Лют,Бер,Кві,Тра,Чер,Лип,Сер,Вер,Жов,Лис,Гру|неділя,понеділок,вівторок,середа,четвер,п'ятниця,субота|Нд,Пн,Вт,Ср,Чт,Пт,Сб|січня,лютого,березня,квітня,травня,червня,липня,серпня,вересня,жовтня,листопада,грудня
ur-PK|AM|PM|جنوری,فروری,مارچ,اپریل,مئی,جون,جولائی,اگست,ستمبر,اکتوبر,نومبر,دسمبر||اتوار,پير,منگل,بدھ,جمعرات,جمعه,هفته||
uz-Latn-UZ|||yanvar,fevral,mart,aprel,may,iyun,iyul,avgust,sentyabr,oktyabr,noyabr,dekabr||yakshanba,dushanba,seshanba,chorshanba,payshanba,juma,shanba|yak.,dsh.,sesh.,chr.,psh.,jm.,sh.|
uz-Cyrl-UZ|||Январ,Феврал,Март,Апрел,Май,Июн,Июл,Август,Сентябр,Октябр,Ноябр,Декабр|Янв,Фев,Мар,Апр,Май,Июн,Июл,Авг,Сен,Окт,Ноя,Дек|якшанба,душанба,сешанба,чоршанба,пайшанба,жума,шанба|якш,дш,сш,чш,пш,ж,ш|январ,феврал,март,апрел,май,июн,июл,август,сентябр,октябр,ноябр,декабр
vi-VN|SA|CH|Tháng Giêng,Tháng Hai,Tháng Ba,Tháng Tư,Tháng Năm,Tháng Sáu,Tháng Bảy,Tháng Tám,Tháng Chín,Tháng Mười,Tháng Mười Một,Tháng Mười Hai|Thg1,Thg2,Thg3,Thg4,Thg5,Thg6,Thg7,Thg8,Thg9,Thg10,Thg11,Thg12|Chủ Nhật,Thứ Hai,Thứ Ba,Thứ Tư,Thứ Năm,Thứ Sáu,Thứ Bảy|CN,Hai,Ba,Tư,Năm,Sáu,Bảy|
cy-GB|a.m.|p.m.|Ionawr,Chwefror,Mawrth,Ebrill,Mai,Mehefin,Gorffennaf,Awst,Medi,Hydref,Tachwedd,Rhagfyr|Ion,Chwe,Maw,Ebr,Mai,Meh,Gor,Aws,Med,Hyd,Tach,Rhag|Dydd Sul,Dydd Llun,Dydd Mawrth,Dydd Mercher,Dydd Iau,Dydd Gwener,Dydd Sadwrn|Sul,Llun,Maw,Mer,Iau,Gwe,Sad|
xh-ZA|AM|PM|Mqungu,Mdumba,Kwindla,Tshazimpuzi,Canzibe,Silimela,Khala,Thupha,Msintsi,Dwarha,Nkanga,Mnga|Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec|iCawa,uMvulo,uLwesibini,uLwesithathu,uLwesine,uLwesihlanu,uMgqibelo|Sun,Mon,Tue,Wed,Thu,Fri,Sat|
zu-ZA|AM|PM|uMasingana,uNhlolanja,uNdasa,uMbaso,uNhlaba,uNhlangulana,uNtulikazi,uNcwaba,uMandulo,uMfumfu,uLwezi,uZibandlela|Mas.,Nhlo.,Nda.,Mba.,Nhla.,Nhlang.,Ntu.,Ncwa.,Man.,Mfu.,Lwe.,Zib.|iSonto,uMsombuluko,uLwesibili,uLwesithathu,uLwesine,uLwesihlanu,uMgqibelo|Son.,Mso.,Bi.,Tha.,Ne.,Hla.,Mgq.|
gd-GB|m|f|Am Faoilleach,An Gearran,Am Màrt,An Giblean,An Cèitean,An t-Ògmhios,An t-Iuchar,An Lùnastal,An t-Sultain,An Dàmhair,An t-Samhain,An Dùbhlachd|Fao,Gea,Màr,Gib,Cèi,Ògm,Iuc,Lùn,Sul,Dàm,Sam,Dùb|Didòmhnaich,Diluain,Dimàirt,Diciadain,Diardaoin,Dihaoine,Disathairne|Dòm,Lua,Mài,Cia,Ard,Hao,Sat|
`;
