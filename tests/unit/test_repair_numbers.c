/* SPDX-License-Identifier: MIT
 * Whole sentences, which the test tears apart as the scraper does, become whole again;
 * and sentences that end or begin beside a number stay as they are. */
#include "tests/unit/assert_str.h"

#include "convert/text/repair.h"

/* As they were written. */
static const char *const NUMBERS[] = {
    "The corpus contains 1,281,167 images from 1,000 classes.",
    "We introduce a dataset of 1,234 questions written by experts.",
    "Our graph has 4,096 nodes, 16,384 edges and 1,024 labels.",
    "Training uses 1,024 GPUs for 3.5 days.",
    "The scores 91.2, 92.3, and 93.4 are the best so far.",
    "We release v1.2.3 of the library.",
    "The package is at version 2.0.1 and depends on PyTorch 1.13.",
    "Claude 3.5 Sonnet and Gemini 1.5 Pro are compared with GPT-4.1.",
    "Llama 3.1 is fine-tuned on 15.6 trillion tokens.",
    "We follow the IEEE 802.11 standard.",
    "In Section 3.2 we show that the bound is tight.",
    "The algorithm stops in 2.5 rounds on average.",
    "The model was queried at 10:30 am each day.",
    "See Fig. 3.2 for details.",
    "A step size of 0.01 works well.",
    "The vectors (1.2, 3.4) and [0.1, 0.9] are examples.",
    "The effect is significant (p < 0.05).",
    "Values lie between 0.1 and 0.5 for all runs.",
    "Inference is 1.5 times faster.",
    "A preprint is arXiv:1706.03762.",
    "Our method achieves a mean average precision of 45.7 on COCO test-dev.",
    "On GLUE, our model obtains 89.4, outperforming BERT-large by 3.1 points.",
    "We reach a perplexity of 18.34 on WikiText-103.",
    "The model has 1.5B parameters and was trained for 2.1M steps.",
    "We sample with temperature 0.7 and top-p 0.95.",
    "The regret is O(T^{0.75}), i.e., sublinear.",
    "The pipeline is 2.3x faster and 4.5× smaller.",
    "Our agent achieves a median human-normalized score of 1.8 across 57 Atari games.",
    "It attains an average return of 3,245.6 on HalfCheetah.",
    "We collected 12,345 dialogues from 1,234 speakers.",
    "Over 1,500 participants answered 27,481 questions.",
    "We evaluate 1,319 grade-school math problems.",
    "The model was trained on 14.8 trillion tokens using 2,048 H800 GPUs.",
    "In total, 8,432 clips were labeled.",
    "Each embedding is a 1,536-dimensional vector.",
    "There are 7,481 training images and 7,518 test images.",
    "We annotate 10,177 identities and 202,599 face images.",
    "The network processes 1,200 frames per second.",
    "Up to 2,500 concurrent users are supported.",
    "The cost falls to $1.25 per million tokens, or $12,500 in total.",
    "The results hold for Python 3.8, CUDA 11.7 and TensorFlow 2.4.",
    "Experiments with Gemini 2.0 Flash and Claude 3.7 Sonnet show gains of 4.2 points.",
    "We fine-tune Llama 3.1 8B and Qwen 2.5 models on the task.",
    "We apply Stable Diffusion 1.5 and SDXL 1.0 to the task.",
    "Phi-3.5 and Mistral-7B-v0.3 are weaker.",
    "Our annotators rated the outputs 4.2 out of 5 on fluency.",
    "Users gave an average rating of 4.5 stars.",
    "Each image has 7.7 objects on average.",
    "On average, a dialogue has 13.6 turns.",
    "Documents contain 2.7 entities per sentence.",
    "We reach 3.5 tokens per second.",
    "We need 2.5 iterations to converge.",
    "The width is 1.5 times the depth.",
    "Reward increases by 12.4 over the baseline.",
    "The exponent is 2.3729.",
    "We improve the approximation factor from 1.61 to 1.488.",
    "The hardness factor is 1.0013 unless P equals NP.",
    "We show that (1.5 + epsilon) suffices.",
    "The error rate is below 0.1%, and the false positive rate is 2.5%.",
    "An ensemble yields 3.57% error on the ImageNet test set.",
    "It obtains 43.5 AP on COCO and 82.1 mIoU on Cityscapes.",
    "We obtain a PSNR of 32.4 dB and an SSIM of 0.91.",
    "FID drops from 12.6 to 2.97, and IS rises to 9.89.",
    "The sampler gives FID 1.97 with 35 network evaluations.",
    "The study (n = 1,234) was preregistered.",
    "We split the data 8:1:1 into training, validation and test sets.",
    "A 4:1 compression is obtained without loss.",
    "There is a 1:1 correspondence between the two.",
    "The class imbalance is at a ratio of 1:100.",
    "Run python main.py --lr 0.1 to reproduce.",
    "The kernel is 3.2 ± 0.4 times faster.",
    "The gain is 3.2 ± 0.4.",
    "The ratio between them is 2.7.",
    "The model is 2.6% better than, and 1.3 times as fast as, the baseline.",
    "The 95% confidence interval is [1.23, 4.56].",
    "The AUROC was 0.912 (95% CI, 0.89-0.93).",
    "Accuracy: 87.5% on the test set.",
    "We achieve 2.92 bits/dim on CIFAR-10.",
    "Models range from 0.5B to 72B parameters, in 1.5B, 3B and 7B variants.",
    "The robot moved at 1.5 m/s with 2.3 cm error.",
    "Theorem 1.1, which we prove in Section 2.3, is new.",
    "With ResNet-50, we get 77.2; with ResNet-101, 78.9.",
    "It yields a 7.6 CIDEr gain.",
    "It conforms to HTTP/1.1, OpenGL 3.3 and USB 3.0.",
    "Compared with AdamW, the optimizer converges in 1.4 times fewer steps.",
    "We prove a regret bound of O(d^{1.5} T^{0.5}) against adaptive adversaries.",
    "For vertex cover, the ratio improves to 1.36.",
    "The new benchmark has 15,908 multiple-choice questions covering 57 subjects.",
    "Of the 2,041 submissions, 511 were accepted.",
    "We measured a Cohen's kappa of 0.78 and a Pearson correlation of .91.",
    "We use PyTorch 2.0.1, CUDA 12.1 and Ubuntu 22.04.",
    "Version 1.4.2 fixes a bug that was found in version 1.4.1.",
    "Qwen2.5 models are evaluated in 12 languages.",
    "We distill Llama 3.3 70B into a 1.3B student.",
    "We set lambda to 0.5 and the margin to 1.0 in all experiments.",
    "WER is reduced from 9.7 to 8.3 on the noisy set.",
    "The ensemble gets 41.8, establishing a new single-model state of the art.",
    "Training costs $5.576M in total.",
    "The cluster has 16,384 accelerators, each with 80 GB of memory.",
    "The vocabulary has 50,257 entries.",
    "It contains over 60,000 32x32 images.",
    "The mean error is 2.1 cm and 3.4 degrees.",
    "Energy falls by a factor of 2.6 compared to the CPU.",
    "The scores are 0.71, 0.64, and 0.59, respectively.",
    "The signal-to-noise ratio is 10:1.",
    "Does it scale? Yes, to 1.2 trillion parameters.",
    "With 8-bit weights it gets 71.2; with 4-bit weights it gets 70.4.",
    "Scores lie in [1.5, 2.5] or (0.1, 3.7).",
    "The bound is 4.5n for circuits.",
    "A 0.878-approximation is optimal under the UGC.",
    "Humans answer 89.8% of the 8,500 problems, while the best model answers 12.3%.",
    "We train a 13.6M parameter network on 250,000 molecules.",
    "The agent collects 4.1 diamonds per episode.",
    "Sequence lengths grow from 512 to 8,192.",
    "The probability of error is at most 0.05 for every user.",
    "The protocol tolerates f < n/3 faults and sends 1.33n messages.",
    "The prompt has 1.2K tokens and the answer 0.3K.",
    "Our 2.8B model outperforms 6.7B and 13B models.",
    "The questionnaire used a scale of 1 to 5; the mean was 3.8.",
    "The energy gap is 1.3 eV, with a mean absolute error of 0.04 eV.",
};

static const char *const NAMES[] = {
    "We minimize the loss s.t. the constraint holds w.h.p. for all rounds.",
    "The iterates converge a.s. to a stationary point.",
    "The trial ran from 9 a.m. to 5 p.m. every day.",
    "The statistic has 12 d.o.f. under the null.",
    "Data come from U.S. hospitals and the U.K. Biobank.",
    "Three Ph.D. students annotated each sample.",
    "This extends the analysis of Vaswani et al., 2017.",
    "We compare small vs., say, large models.",
    "The dataset is at doi 10.5281/zenodo.1234567 and the paper at "
    "10.1145/3292500.3330701.",
    "See www.example.org for a demo.",
    "Files are at example.com/a.b/c.html for now.",
    "Code is at https://a.b.c/d-e_f~g%20?x=1.2&y=3 for now.",
    "Code: github.com/foo/bar.",
    "Contact the authors by e-mail: a.b@c.edu.",
    "We consider several settings (e.g., few-shot and zero-shot).",
    "Results hold for i.i.d. data and for non-i.i.d. data.",
    "This holds for all x, i.e. the whole space.",
    "The U.S.-based company provided data.",
    "We used a.k.a. labels, etc., and so on.",
    "Smith et al.'s method is a special case.",
    "All code, data, etc.: see the appendix.",
    "The toolkit is at https://www.cs.example.edu/~jane/tool_v1.0/index.html and is "
    "free.",
    "Project page: https://nerfthing.github.io/.",
    "Project page: https://nerfthing.github.io",
    "Demos are at https://nerfthing.github.io/demo/ and code at "
    "https://github.com/nerf/thing.git.",
    "The data can be found at http://data.example.org:8080/sets/v2.1/files.tar.gz.",
    "See https://huggingface.co/spaces/some-lab/demo-2.0 for a demo.",
    "See https://openreview.net/forum?id=abc123&noteId=4.5 for the reviews.",
    "An R package is at https://CRAN.R-project.org/package=thing.",
    "Models are released at https://huggingface.co/org/model-7b-v1.5.",
    "The tool lives at nerfthing.github.io.",
    "We scrape Amazon.com and Booking.com reviews.",
    "We use the .NET framework and ASP.NET pages.",
    "Settings are in config.yaml and README.md files.",
    "Write to jane.doe@cs.example.edu for access.",
    "It appeared at https://doi.org/10.18653/v1/2020.acl-main.5.",
    "We call this \"learning to learn.\"",
    "They call it “meta-learning,” and use it.",
    "This is based on Devlin et al., 2019; Brown et al., 2020.",
    "Following (Kingma et al.), we use two networks.",
    "E.g., a robot, i.e., an agent, acts.",
    "Optimal transport (OT), a.k.a. earth mover's distance, is used w.r.t. costs.",
    "Samples are not i.i.d., so bounds fail.",
    "The estimator is consistent a.s. and its c.d.f. is smooth.",
    "Find x s.t. Ax = b.",
    "The U.S. Census and the U.N. report disagree.",
    "He holds a Ph.D. and an M.Sc. degree.",
    "Experts with Ph.D.s agree.",
    "U.S. patents and U.K. patents differ.",
    "Models, datasets, etc., are public.",
    "What makes it work... is scale.",
    "The dataset (v2.0) is public at https://data.example.edu/v2.0/.",
    "Code and data are at https://github.com/some-lab/some_repo/tree/v1.2.3.",
    "See https://some-lab.github.io/project/ for videos.",
    "Project website: some-lab.github.io/project.",
    "Videos: https://sites.google.com/view/some-lab.",
    "Videos: https://youtu.be/abcDEF123 and https://www.youtube.com/watch?v=abc.",
    "The model is hosted on huggingface.co/some/model.",
    "We host it at http://127.0.0.1:8080/api.",
    "Available at https://doi.org/10.5281/zenodo.7654321.",
    "Available under doi 10.1038/s41586-021-03819-2.",
    "An earlier version is at https://arxiv.org/abs/2005.14165v4.",
    "Contact: jane.doe@example.edu.",
    "Send mail to help@lists.example.org for access.",
    "We crawl Stackoverflow.com and Answers.com pages.",
    "The library is written in Vue.js and uses setup.py.",
    "It reads .csv and .json files.",
    "We call this \"scaling,\" and it works.",
    "They ask “why?” and answer “because.”",
    "See https://www.example.ac.uk/~doe/code_v2.1.tar.gz and https://demo.example.ai/.",
    "Source code: https://gitlab.com/grp/tool-1.2.",
};

/* As they were written, and as the scraper leaves them. */
static const char *const PROSE[] = {
    "In 2019, 300 papers appeared on this topic.",
    "We prune layers 3, 100 and 200.",
    "He won. 3 people saw it.",
    "We follow two steps: 1. 2. 3.",
    "Our score is 71. 5 of these are wrong.",
    "The score is 3. 10 players got it.",
    "It grew to 7. 12 new cases appeared.",
    "There were only 4. 10 others left early.",
    "Labels are 0 or 1. 0 means absent.",
    "We release the tool (beta)",
    "We cover the years from 2010 to 2015. 20 of them were dry.",
    "For more see Table 3. 12 models were trained.",
    "We evaluate on CIFAR-10. 100 epochs were enough.",
    "In Section 4, 100 users are studied.",
    "The labels are 1, 2, 3.",
    "The sizes are 10, 100, 1000.",
    "The options are (i) 5, 100 and (ii) 6, 200.",
    "We stop for k = 1, 200 runs later.",
    "Question 2: 3 models are shown.",
    "The plan is as follows: 1 hour of training.",
    "We tested 12. 4 did not converge.",
    "We trained for 50 epochs on 8. 3 of the models diverged.",
    "The number of classes is 10. 5 of them are animals.",
    "We compare with GPT-4. 10 prompts were used.",
    "The loss fell by 3. 5 seeds were used.",
    "We repeat with YOLOv5. 10 runs were made.",
    "The list is: 1. 3 datasets, 2. 5 models.",
    "The accuracy was highest in 2020. 15% of teams used ensembles.",
    "The participants were aged 20 to 35. 60% were women.",
    "We rank it from 1 to 10. 10 is best.",
    "Users pick a number from 1 to 7. 7 was the most common.",
    "The number of heads is 8. 16 heads perform worse.",
    "The batch size is 32. 64 was too large.",
    "We use a window of 5. 3 epochs are enough.",
    "The task has 3 levels, from 1 to 3. 3 is the hardest.",
    "With 8, 128 heads are too many.",
    "For size 5, 100 steps suffice.",
    "Of 100, 300 were kept.",
    "We keep 64, 128 and 256 channels.",
    "We use hidden sizes of 64, 128, 256 and 512.",
    "Resolutions are 64, 128, 256.",
    "In 2019, 2020, and 2021 there were three editions.",
    "In phase 2, 150 patients were enrolled.",
    "At level 3, 500 students passed.",
    "By day 7, 120 cases were found.",
    "On ImageNet, 100 epochs suffice.",
    "In Experiment 1, 120 participants rated faces.",
    "In Study 2, 345 people took part.",
    "We test n = 10, 100, 1000.",
    "At noise level 5, 250 runs fail.",
    "Table 1: 5 models are compared.",
    "Experiment 2: 10 raters judged 5 models.",
    "There are two groups: 10 in one, 20 in the other.",
    "Phase 1: 2 weeks. Phase 2: 3 weeks.",
    "Ages: 18, 20 and 25.",
    "The best of these is 1. It is simple.",
    "This was shown by Smith et al. The rest is new.",
    "We use cats, dogs, etc. Then we stop.",
    "It is E. coli and C. elegans.",
    "See Dr. Smith. 3 of us did.",
    "Our model beats GPT-2. 5 other baselines are worse.",
    "We ran the test on Python 3. 10 users tried it.",
    "The model is Llama 3. 20 users rated it.",
    "Our team placed 3rd of 10. 2nd place went to others.",
    "The rank is at most 2. 3-D tensors are harder.",
    "It runs on 8 GPUs in 2 of 3. 4-bit models are faster.",
    "He scored 9. 10 judges agreed.",
    "We had 3. 4 failed.",
    "We had 12. 5 more came later.",
    "The degree is 2. 4 suffices.",
    "The maximum is 8. 16 is infeasible.",
    "The number of authors was 3. 1 was from industry.",
    "The smallest is 7, 128 the largest.",
    "We won in 7, 8 and 9.",
    "We choose among 2, 4, or 8 experts.",
    "Scores range from 0 to 100, 50 being chance.",
    "We use 2 layers, 512 units each.",
    "In group 1, 250 subjects saw A; in group 2, 240 subjects saw B.",
    "We search over ranks 1, 128, 256.",
    "Kernels 3, 5, 7 and strides 1, 2 were tried.",
    "We ask two questions: 1. Do models plan? 2. Do they learn?",
    "Step 1. 2 models are trained. Step 2. 3 models are merged.",
    "It is a list: a, b, c.",
    "Note: 3 of 5 agree: 2 do not.",
    "The question remains: 2 or 3?",
    "We used a grid of size 5. 20 points were removed.",
    "The final model has 12 layers. 8 of them are frozen.",
    "The study ended in 2018. 12 months later, it was published.",
    "We train on CIFAR-10 and CIFAR-100. 5 random seeds are used.",
    "It won the match 3 to 2. 40 fans cheered.",
    "The beam size is 4. 8 gives the same result.",
    "The group had 25 members in 2010. 12 remained in 2015.",
    "The temperature is 0. 100 samples are drawn.",
    "The error is 0. 3 bits are wasted.",
    "The output is 0 or 1. 2 bits encode the rest.",
    "The teams were ranked from 1 to 5. 3 teams tied.",
    "We repeated it 5 times. 2 runs crashed.",
    "We annotated with a kappa of 1. 3 experts agreed on all.",
    "The patch size is 16. 14 is slower.",
    "We use a ViT-B/16. 12 layers are kept.",
    "The best depth is 3. 4 layers overfit.",
    "The agent wins 7 of 10. 3 are draws.",
    "There are two reasons. 1. It is slow. 2. It is large.",
    "It appeared in vol. 3, 120 pages long.",
    "From step 1, 100 samples are drawn.",
    "After round 5, 150 players remain.",
    "In fold 3, 240 images are held out.",
    "Given budget 2, 500 queries fail.",
    "At layer 6, 512 units are pruned.",
    "With batch size 8, 100 steps take an hour.",
    "For n = 5, 120 permutations exist.",
    "In dimension 3, 240 spheres touch.",
    "The lengths are 128, 256, 512 and 1024.",
    "The counts were 5, 250, and 300.",
    "The widths are 8, 128, and 512 respectively.",
    "We use k in 1, 5, 10, 100, 500.",
    "The layers have 784, 500, 500, 250 and 10 units.",
    "We train networks with 2, 100 and 200 layers.",
    "On 1, 100 and 500 examples it wins.",
    "The numbers 3, 141 and 592 are digits.",
    "We have these parts: 2 encoders, 3 decoders.",
    "The score was as follows: 3 wins, 2 losses.",
    "We evaluate three sizes: 7B, 13B and 70B.",
    "Task 1: 20 classes. Task 2: 30 classes.",
    "Time: 10 minutes per task.",
    "The winner of task 3: 5 models in an ensemble.",
    "Two ideas: 1) depth, 2) width.",
    "The year was 2016: 10 papers came out.",
    "He is at Google Inc. They are at Apple Inc. in California.",
    "Ask J. Doe or R. Roe.",
    "The answer is no. 5 is the right one.",
    "Compare figs. 2 and 3. 4 is new.",
    "We did this, that, etc. We then stopped.",
    "At 10: 30 people came.",
    "Result of the study: 40 of 50.",
    "The final: 3 to 2.",
    "We saw 5, maybe 6, of them.",
    "In total, 5 of 10, or 50, agree.",
    "It scales to 16. 32 is untested.",
    "We ablate blocks 1, 2, 3, 4, 5 and 6.",
    "It gave 5 to 3, 100 to 1, and 200 to 2.",
    "In 1999, 120 users; in 2000, 240 users.",
    "Players 1, 100 and 101 left.",
    "The study has two arms. 40 patients joined arm 1. 38 patients joined arm 2.",
    "We trained model 1. 2 more were trained later.",
    "The average rank of our method is 2. 9 baselines rank lower.",
    "Its width is 64. 32 was too narrow.",
    "We sampled with k = 4. 16 gave similar results.",
    "The dataset grew by a factor of 3. 20 annotators labeled it.",
    "Of these, 7 used GPT-4. 5 used Claude.",
    "Our team finished in position 2. 11 teams competed.",
    "We ran it with Python 3. 5 libraries are needed.",
    "The loss is about 2. 3 models diverge.",
    "We set the rank to 8. 12 tasks were used.",
    "Accuracy was 80 in 2018, 85 in 2019, 90 in 2020, and 95 in 2021.",
    "In trial 4, 500 steps were taken.",
    "In 7 of 9, 100 epochs were enough.",
    "On task 2, 128 units suffice.",
    "At depth 4, 256 nodes are expanded.",
    "We use 3 scales: 8, 128 and 512.",
    "The first question: 5 or 6?",
    "Round 2: 4 teams. Round 3: 2 teams.",
    "We stop at step 5: 3 more would not help.",
    "They are in level 2. In level 3, 200 remain.",
    "We use C. It is fast.",
    "See sec. 3. 4 figures are there.",
    "We hired 12. 30 applied.",
    "We cite 5. 25 were read.",
    "It is shown in Fig. 4. 5 people drew it.",
};

static Str scraped(Arena *arena, Str s)
{
    Buf out = {0};
    for (size_t i = 0; i < s.size; i++) {
        char c = s.data[i];
        buf_add(&out, str_slice(s, i, i + 1));
        if ((c == '.' || c == ',' || c == ':') && i + 1 < s.size && s.data[i + 1] != ' ')
            buf_add(&out, STR(" "));
    }
    Str made = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return made;
}

static void assert_whole_again(const char *const *rows, size_t count)
{
    Arena arena = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        Str wanted = str_from(rows[i]), torn = scraped(&arena, wanted);
        Str once = repair_text(&arena, torn, NULL, NULL);
        wrong += str_differs(once, wanted, "torn apart");
        wrong += str_differs(repair_text(&arena, wanted, NULL, NULL), wanted, "whole");
        /* No rule looks for what the text begins or ends with. */
        Str longer = arena_join(&arena, torn, STR(" "), STR("We say so."));
        Str mended = arena_join(&arena, wanted, STR(" "), STR("We say so."));
        wrong +=
            str_differs(repair_text(&arena, longer, NULL, NULL), mended, "in a text");
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void numbers_are_whole_again(void **state)
{
    (void)state;
    assert_whole_again(NUMBERS, sizeof NUMBERS / sizeof NUMBERS[0]);
}

static void names_are_whole_again(void **state)
{
    (void)state;
    assert_whole_again(NAMES, sizeof NAMES / sizeof NAMES[0]);
}

static void sentences_stay_apart(void **state)
{
    (void)state;
    assert_whole_again(PROSE, sizeof PROSE / sizeof PROSE[0]);
}

/* Pieces, where a text may begin or end. */
static void pieces_are_mended(void **state)
{
    static const struct {
        const char *torn, *wanted;
    } ROWS[] = {
        {"3: 2: 1", "3:2:1"},
        {"v1. 2. 3", "v1.2.3"},
        {"2. 0. 1", "2.0.1"},
        {"-1. 2", "-1.2"},
        {"Fig. 3. 2", "Fig. 3.2"},
        {"1, 281, 167 images", "1,281,167 images"},
        {"2. 5D", "2.5D"},
        {"w. h. p. , it is", "w.h.p., it is"},
        {"at 10: 30 p. m. it", "at 10:30 p.m. it"},
        {"a U. S. -based firm", "a U.S.-based firm"},
        {"mail a. b@c. edu. We", "mail a.b@c.edu. We"},
        {"https: //a. b. c/d?x=1. 2&y=3, 4", "https://a.b.c/d?x=1.2&y=3,4"},
        {"(p < . 05)", "(p < .05)"},
        {"so \"it is. \" We", "so \"it is.\" We"},
        /* What one cannot know. */
        {"10: 1", "10: 1"},
        {"on CIFAR-10. 100 epochs", "on CIFAR-10. 100 epochs"},
        {"(e.g. dev/null)", "(e.g. dev/null)"},
        {"with -a, -b and 1. 2. 3. 4.", "with -a, -b and 1. 2. 3. 4."},
    };
    Arena arena = {0};
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        Str wanted = str_from(ROWS[i].wanted);
        Str once = repair_text(&arena, str_from(ROWS[i].torn), NULL, NULL);
        wrong += str_differs(once, wanted, ROWS[i].torn);
        wrong += str_differs(repair_text(&arena, once, NULL, NULL), once, "twice");
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_whole_again),
        cmocka_unit_test(names_are_whole_again),
        cmocka_unit_test(sentences_stay_apart),
        cmocka_unit_test(pieces_are_mended),
    };
    return cmocka_run_group_tests_name("repair-numbers", tests, NULL, NULL);
}
