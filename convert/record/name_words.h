/* SPDX-License-Identifier: MIT
 * The words that name.c knows: particles, suffixes, surnames, bodies.  Lists apart by
 * spaces, in lower case where case does not count. */
#ifndef CITECONV_RECORD_NAME_WORDS_H
#define CITECONV_RECORD_NAME_WORDS_H

/* Lower-case words that come before a family name and stay with it in a list
 * (van der Maaten), by and large the Dutch, German and Romance ones. */
static const char PARTICLES[] =
    " van von der den de los las del della delle dello degli dei dell di da das do dos "
    "du des d' "
    "la le les lo el al ul ibn bin bint ben abu abd ter ten te tot 't thor zu zum zur "
    "vom "
    "vander vande vanden af av auf aus dem het in op y e i und mac st. san santa ";

/* Capitalised ones that begin a family name when something stands before them. */
static const char CAPITAL_PARTICLES[] = " Van Von De Del Della Di Da Du Des Dos Das Dal "
                                        "Dalla La Las Le Los El Al Ter Ten Den "
                                        "Der St. Saint Vande Vanden Vander Mac Mc Ó "
                                        "Ní Uí Abu Ibn Bin ";

/* After "Van" or "Le", these say that it was a middle name. */
static const char VIETNAMESE[] =
    " nguyen tran le pham hoang huynh phan vu vo dang bui do "
    "ho ngo duong ly dinh truong trinh doan luong mai cao ta "
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ "
    "hồ ngô dương lý đinh trương ";

/* So they do after "Bin" or "Di": "Jae Bin Lee", "Xiao Di Wang". */
static const char EAST_ASIAN[] =
    " kim lee park choi choe jung jeong chung kang cho yoon yun jang lim han oh seo shin "
    "kwon hwang ahn song yoo hong moon bae baek nam wang li zhang liu chen yang huang "
    "zhao "
    "wu zhou xu sun zhu hu lin guo gao luo zheng liang xie tang deng feng cao peng zeng "
    "xiao tian pan yuan cai jiang yu cheng wei lu ding ren shen yao jin wong chan chang "
    "hsu tsai cheung lau leung ";

/* Words that link two family names: Ortega y Gasset, Dupré la Tour. */
static const char LINKS[] = " y e i la ";

static const char SUFFIXES[] =
    " jr jr. jnr jnr. sr sr. snr snr. ii iii iv 2nd 3rd junior senior ";

/* Last words, and first ones, of the names of bodies.  Not "press": people are called so.
 */
static const char BODY_LAST[] =
    " team teams group collaboration consortium institute institutes university "
    "universität "
    "université inc inc. ltd ltd. llc gmbh corp corp. corporation company project "
    "association committee council lab labs laboratory laboratories network initiative "
    "foundation society organization organisation agency center centre commission "
    "ministry "
    "department academy college community contributors authors research survey "
    "observatory ai deepmind brain workshop technology computing systems ";
static const char BODY_FIRST[] =
    " university institute national international world european association society "
    "ministry department centre center committee council federal ";
/* Bodies whose name is one word, or begins an odd name: "OpenAI Jonathan Ho". */
static const char BODY_NAMES[] =
    " openai deepmind google nvidia microsoft facebook meta amazon apple ibm anthropic "
    "huawei baidu tencent alibaba bytedance samsung intel adobe salesforce mistral xai "
    "nasa cern darpa inria csiro riken eleutherai cohere uber netflix spotify yandex "
    "huggingface deepseek-ai qwen mit eth epfl ";

/* Chinese family names of one character, the most frequent, both scripts; and of two. */
static const char HAN_FAMILIES[] = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭"
                                   "马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧"
                                   "蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛"
                                   "叶葉阎閻余潘杜戴夏锺鍾钟汪田任姜范"
                                   "方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵"
                                   "孟龙龍万萬段雷钱錢汤湯尹黎易常武乔"
                                   "喬贺賀赖賴龚龔文欧歐阳温溫殷樊兰蘭施陶洪翟安颜顏倪严"
                                   "嚴牛季鲁魯葛韦韋申尤毕畢聂聶丛焦向"
                                   "柳邢路岳齐齊梅莫庄莊辛管祝左涂凌霍纪紀甘司柴费費";
static const char HAN_DOUBLE_FAMILIES[] =
    " 欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 東方 夏侯 尉迟 尉遲 皇甫 慕容 公孙 "
    "公孫 令狐 宇文 长孙 長孫 端木 南宫 南宮 ";
/* Japanese ones of two characters whose first is a Chinese one above, too. */
static const char JAPANESE_FAMILIES[] =
    " 高橋 高木 高田 高野 高島 高山 林田 田中 田村 田辺 田口 田島 田代 石井 石川 石田 "
    "石原 石橋 "
    "金子 金田 金井 江口 江藤 秦野 武田 武藤 武井 安藤 安田 安部 安達 文田 洪水 岳野 "
    "岡田 "
    "馬場 馬淵 黄瀬 黒田 小林 方波 牛島 牛尾 柳田 柳沢 柴田 柴崎 梅田 梅本 梅原 莫根 "
    "谷口 和田 平田 平野 平井 平山 白石 白井 白川 万代 胡桃 祝田 左近 徐々 ";
static const char HANGUL_FAMILIES[] =
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지"
    "엄채원천방공현함변염여추도석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용";
static const char HANGUL_DOUBLE_FAMILIES[] = " 남궁 황보 제갈 사공 선우 서문 독고 동방 ";

#endif
