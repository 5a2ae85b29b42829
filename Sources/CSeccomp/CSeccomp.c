#include "CSeccomp.h"

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>

// libseccomp's own type is `void *`.
static scmp_filter_ctx context(sp_call_list *list) { return (scmp_filter_ctx)list; }

sp_call_list *sp_call_list_new(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == NULL) return NULL;
    // By default only the thread would die, and without the second one other threads would go on
    // without a list.
    if (seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) != 0 ||
        seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) != 0) {
        seccomp_release(filter);
        return NULL;
    }
    return (sp_call_list *)filter;
}

int sp_call_list_add(sp_call_list *list, const char *name, int answer,
                     const struct sp_argument *arguments, unsigned count) {
    struct scmp_arg_cmp comparisons[SP_MAXIMUM_ARGUMENTS];
    int call = seccomp_syscall_resolve_name(name);
    if (call == __NR_SCMP_ERROR || count > SP_MAXIMUM_ARGUMENTS) return EINVAL;
    // A negative number stands for a call that only other architectures have.
    if (call < 0) return 0;
    for (unsigned i = 0; i < count; i++)
        comparisons[i] = (struct scmp_arg_cmp){.arg = arguments[i].position,
                                               .op = SCMP_CMP_MASKED_EQ,
                                               .datum_a = arguments[i].mask,
                                               .datum_b = arguments[i].value};
    uint32_t action = answer < 0 ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO((uint16_t)answer);
    return -seccomp_rule_add_exact_array(context(list), action, call, count, comparisons);
}

int sp_call_list_enforce(sp_call_list *list) { return -seccomp_load(context(list)); }

void sp_call_list_free(sp_call_list *list) { seccomp_release(context(list)); }
