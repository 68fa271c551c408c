/* SPDX-License-Identifier: MIT
 * Words that tell a number torn apart from a sentence that ends with one.
 * Private to the files repair*.c; words apart by spaces, most used first. */
#ifndef CITECONV_TEXT_MEND_WORDS_H
#define CITECONV_TEXT_MEND_WORDS_H

/* They number parts of a paper: "Section 3. 2 we show" has a part of a part. */
static const char PARTS[] =
    "figure fig figures figs table tables section sections sec secs chapter chapters "
    "theorem theorems thm lemma lemmas proposition corollary conjecture definition "
    "remark assumption equation eq algorithm appendix subsection listing";

/* They number things that have no parts: "Phase 1. 12 people took part." */
static const char STEPS[] =
    "example step steps part phase day question task level levels stage experiment case "
    "footnote no item page pages line type class group rule hypothesis aim goal problem "
    "track contribution study year age round trial session week month grade fold size "
    "vol "
    "volume issue";

/* Behind "Section 3. 2"; none of them is behind a number that begins a sentence. */
static const char BEHIND_PART[] =
    "we the this our a an it its which that these those presents describes shows "
    "discusses "
    "gives provides introduces contains in for to on by with below above holds states "
    "implies says is was has proves summarizes reports illustrates lists";

/* Units, and words that come right behind a number and begin no sentence with it. */
static const char UNITS[] =
    "on and in for to at over with vs per than when compared while from by "
    "million billion trillion quadrillion quintillion thousand hundred times fold point "
    "points bit bits percent "
    "percentage pp dB ms s seconds second hours hour minutes days sec min GB MB TB KB "
    "GiB "
    "MiB Gbps Mbps GFLOPs GFLOPS TFLOPS TFLOPs FLOPs MACs GMACs FPS fps nats BLEU AUC "
    "AUROC AUPRC mAP mIoU IoU PSNR SSIM LPIPS FID IS CIDEr METEOR SPICE ROUGE ROUGE-L "
    "ROUGE-1 ROUGE-2 chrF COMET MOS PESQ WER CER PER EER AP AR F1 F Elo R2 LUFS "
    "perplexity "
    "accuracy "
    "precision recall top out absolute relative higher lower better worse faster slower "
    "larger smaller greater fewer mm cm m km kg g mg kWh Wh J kJ eV GHz MHz kHz Hz W V K "
    "k "
    "M B x "
    "or versus respectively improvement increase decrease reduction gain drop speedup "
    "stars turns standard orders average overall degrees sigma tokens/s tokens/second "
    "bpp bpd m/s km/h bits/dim bits/byte";

/* Verbs: a number and a noun before one of them make a sentence. */
static const char VERBS[] =
    "are is was were has have had can could will would may might must should do does did "
    "saw said show showed took take used use came went follow follows later ago bought "
    "got left lost won made gave found fell rose grew ran began held kept led met paid "
    "read sat sent set spent stood told thought wrote chose drew knew suffice suffices "
    "remain remains fail fails perform performs give gives achieve outperform require "
    "need make work help become contain include exist appear improve reach converge "
    "differ cover span come go lie fall get see find hold learn suggest indicate agree "
    "demonstrate means mean denotes indicates represents stands being beat beats diverge "
    "yield yields exceed exceeds say says think believe report reports produce produces "
    "lead leads seem seems encode overfit underfit rank ranks";

/* Those of them that go with many things, not with an amount of one. */
static const char MANY[] =
    "are were have remain remained encode need suffice fail failed overfit do came";

/* What is counted in whole numbers, so that a fraction of it is none: "It costs 5. 20
 * people bought it." */
static const char WHOLE[] =
    "people players participants subjects patients users others authors students persons "
    "men women children researchers annotators volunteers teams new judges readers "
    "raters "
    "respondents experts reviewers winners countries";

/* What an experiment has several of: "We use GPT-4. 3 seeds were run." */
static const char RUNS[] =
    "seeds runs prompts epochs trials repetitions experiments samples examples shots "
    "iterations users participants annotators raters queries";

/* They want a number and are not content with an end. */
static const char WANTS[] =
    "of by to than from about around approximately roughly nearly over under only least "
    "most score scores scored fid is bleu accuracy loss error perplexity rate ratio "
    "value "
    "achieves achieve achieved achieving reaches reach reached reaching with an a was "
    "and "
    "or between up exceeds exceeding attains attain obtains obtain obtained obtaining at "
    "averaging scoring costs gains auc map psnr wer mean median factor in takes took "
    "yields yield needs require requires has have uses contain contains averages "
    "measured "
    "after within every elo r f t alpha beta gamma lambda epsilon sigma temperature "
    "threshold";

/* Plural nouns that lists of numbers stand behind: "layers 3, 100 and 200". */
static const char LISTS[] =
    "layers layer sizes size values value k n epochs steps iterations widths depths "
    "dimensions lengths ranks classes year years degrees orders seeds kernels "
    "resolutions "
    "channels set";

/* Words before a number of things. */
static const char COUNTS[] =
    "ran run took sent of with on over than about approximately around nearly roughly "
    "contains containing "
    "contain comprises comprising comprise collected collect total all the from to by "
    "least most only some more have has had used using uses use includes including "
    "include annotated annotate a an almost exactly under up per across spanning spans "
    "released release evaluate evaluated evaluating consider analyze analyzed processes "
    "holds covers covering cover train trained gathered gather built build introduce "
    "present provide provides propose proposed created curate curated are were is was "
    "recruited surveyed asked sampled extracted labeled generated produced generate "
    "yields yielding against among these our into in across and or by for";

/* A sentence does not stop with these and go on with a count. */
static const char AMOUNTS[] =
    "over than about approximately around nearly roughly least most total exactly almost "
    "elo only";

/* "a ratio of 1. 488 is shown": no sentence ends with these and "of 1". */
static const char MEASURES[] =
    "ratio factor score accuracy rate loss error value threshold bound average mean "
    "median "
    "variance deviation precision recall perplexity speedup gain improvement correlation "
    "coefficient probability temperature exponent dimension budget latency bleu fid auc "
    "f1 "
    "map psnr ssim reduction increase decrease drop return reward cost price distance";

/* A clause that begins with one of these ends with a comma: "In round 4, 200 people". */
static const char OPENERS[] =
    "in for at from with of after by on under among when if as given within out to per "
    "until since during while using following between before through only";

/* What is counted, with no s at its end, or a unit. */
static const char COUNTED[] =
    "people data children Elo men women GPU CPU TPU km kg MB GB ms FPS Hz kHz news";

/* No noun goes on over these. */
static const char FUNCTION[] =
    "of and or in to for the a an on at by with from that which who where when while "
    "whereas but than as per if so we this thus plus versus vs always it its has is was "
    "via across using under over between into not does";

#endif
