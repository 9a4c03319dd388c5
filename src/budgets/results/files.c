/* Files of a result that readers can take along. */
#include "budgets/results/results.h"
#include "platform/base/text.h"

enum error files_of_result(const struct request *rq, const struct campaign_whole *campaign,
                           struct result_file_list *ret_files) {
    enum { FILES = 3 };
    struct result_file *at = ARENA_ARRAY(rq->arena, FILES, struct result_file);
    size_t count = 0;
    at[count++] = (struct result_file){
        word(rq->language, "result.file_document"),
        url_own(result_part(rq->arena, &campaign->campaign, "result/file")), "JSON"};
    at[count++] = (struct result_file){
        word(rq->language, "result.file_rules"),
        url_own(result_part(rq->arena, &campaign->campaign, "rules/file")), "JSON"};
    *ret_files = (struct result_file_list){at, count};
    return ERR_OK;
}
