/* Files of a result that readers can take along. */
#include "budgets/results/results.h"
#include "platform/base/text.h"

enum error files_of_result(const struct request *rq, const struct campaign_whole *campaign,
                           struct result_file_list *ret_files) {
    static const struct {
        const char *word, *part, *type;
        bool is_of_imports;
    } files[] = {
        {"result.file_bundle", "result/bundle.zip", "ZIP", true},
        {"result.file_document", "result/file", "JSON", true},
        {"result.file_rules", "rules/file", "JSON", true},
        {"result.file_ballots", "result/ballots.csv", "CSV", true},
        {"result.file_receipts", "result/receipts.txt", "TXT", false},
    };
    const size_t all = sizeof files / sizeof files[0];
    struct result_file *at = ARENA_ARRAY(rq->arena, all, struct result_file);
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        if (campaign->campaign.origin != NULL && !files[i].is_of_imports)
            continue;
        at[count++] = (struct result_file){
            word(rq->language, files[i].word),
            url_own(result_part(rq->arena, &campaign->campaign, files[i].part)), files[i].type};
    }
    *ret_files = (struct result_file_list){at, count};
    return ERR_OK;
}
