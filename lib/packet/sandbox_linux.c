#define _GNU_SOURCE		/* initgroups, setresuid, syscall */

#include "packet/sandbox.h"

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <linux/capability.h>
#include <linux/landlock.h>
#include <seccomp.h>

static const char ordinary[] = "nobody";

static void
drop_capabilities(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {
		{0, 0, 0}
	};

	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (syscall(SYS_capset, &head, none) == -1)
		err(1, "cannot drop capabilities");
}

/* Was it another? */
static bool
become(const char *user)
{
	const struct passwd *p = getpwnam(user);

	if (p == NULL)
		errx(2, "-Z: no such user: \"%s\"", user);
	if (p->pw_uid == geteuid() && p->pw_uid == getuid())
		return false;
	if (initgroups(user, p->pw_gid) == -1 ||
	    setresgid(p->pw_gid, p->pw_gid, p->pw_gid) == -1 ||
	    setresuid(p->pw_uid, p->pw_uid, p->pw_uid) == -1)
		err(1, "-Z: cannot become %s", user);
	return true;
}

const char *
sandbox_drop(const char *user)
{
	/* The bounding set goes while root may still do so. */
	for (unsigned long c = 0; prctl(PR_CAPBSET_DROP, c, 0, 0, 0) == 0; c++)
		continue;
	if (user == NULL && geteuid() == 0)
		user = ordinary;
	if (user != NULL && !become(user))
		user = NULL;
	drop_capabilities();
	return user;
}

/* All rights over files that the kernel's version of Landlock knows. */
static uint64_t
known_rights(long version)
{
	unsigned bits = version < 2 ? 13 : version < 3 ? 14 : version < 5 ?
	    15 : 16;

	return (UINT64_C(1) << bits) - 1;
}

/* Makes and renames files beneath the directory, if it is one. */
static bool
open_beneath(long rules, int dir_fd)
{
	struct landlock_path_beneath_attr dir = {
		.parent_fd = dir_fd,
		.allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE |
		    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE
	};

	return dir_fd == -1 || syscall(SYS_landlock_add_rule, rules,
	    LANDLOCK_RULE_PATH_BENEATH, &dir, 0) == 0;
}

static void
close_files(int dir_fd, int other_fd)
{
	struct landlock_ruleset_attr all = {0};
	bool some = dir_fd != -1 || other_fd != -1;
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	long rules;

	if (version < 1 && some)
		warnx("this kernel has no Landlock: whoever takes over the "
		    "program can make, rename and remove files wherever its "
		    "user can");
	if (version < 1)
		return;
	all.handled_access_fs = known_rights(version);
	rules = syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	if (rules == -1 || !open_beneath(rules, dir_fd) ||
	    !open_beneath(rules, other_fd) ||
	    syscall(SYS_landlock_restrict_self, rules, 0) == -1)
		err(1, "Landlock");
	close((int)rules);
}

static const int always[] = {
	SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev),
	SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fstat),
	SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(getsockopt),
	SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap),
	SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(sysinfo),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(restart_syscall), SCMP_SYS(getrandom), SCMP_SYS(getpid),
	SCMP_SYS(exit), SCMP_SYS(exit_group),
#ifdef __SANITIZE_ADDRESS__
	SCMP_SYS(sigaltstack),		/* before a call that never returns */
#endif
};

/* To make files and rename them. */
static const int files[] = {
	SCMP_SYS(openat), SCMP_SYS(renameat), SCMP_SYS(renameat2),
	SCMP_SYS(newfstatat), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
	SCMP_SYS(unlinkat), SCMP_SYS(linkat),
};

static int
allow(scmp_filter_ctx filter, const int *call, size_t n)
{
	int e = 0;

	for (size_t i = 0; i < n && e == 0; i++)
		e = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call[i], 0);
	return e;
}

/* What a call's argument may be: with the bits of the mask as in value. */
static int
allow_if(scmp_filter_ctx filter, int call, unsigned argument, uint64_t mask,
    uint64_t value)
{
	const struct scmp_arg_cmp test = {
		argument, SCMP_CMP_MASKED_EQ, mask, value
	};

	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &test);
}

/* Only those children. */
static int
allow_children(scmp_filter_ctx filter, const struct sandbox_keep *keep)
{
	int e = keep->children == 0 ? 0 :
	    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(wait4), 0);

	for (size_t i = 0; i < keep->children && e == 0; i++)
		e = allow_if(filter, SCMP_SYS(kill), 0, UINT32_MAX,
		    (uint64_t)keep->child[i]);
	return e;
}

static int
allow_some(scmp_filter_ctx filter)
{
	int e = allow_if(filter, SCMP_SYS(mmap), 2, PROT_EXEC, 0);

	if (e == 0)
		e = allow_if(filter, SCMP_SYS(mprotect), 2, PROT_EXEC, 0);
	/* What is the interface's name now, and is it still up? */
	if (e == 0)
		e = allow_if(filter, SCMP_SYS(ioctl), 1, UINT32_MAX,
		    SIOCGIFNAME);
	if (e == 0)
		e = allow_if(filter, SCMP_SYS(ioctl), 1, UINT32_MAX,
		    SIOCGIFFLAGS);
	if (e == 0)
		e = allow_if(filter, SCMP_SYS(fcntl), 1, UINT32_MAX, F_GETFL);
	return e;
}

static void
close_calls(const struct sandbox_keep *keep)
{
	bool some_files = keep->dir[0] != -1 || keep->dir[1] != -1;
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int e = filter == NULL ? -ENOMEM : 0;

	if (e == 0)
		e = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
	if (e == 0)
		e = allow(filter, always, sizeof always / sizeof *always);
	if (e == 0)
		e = allow_some(filter);
	if (e == 0)
		e = allow_children(filter, keep);
	if (e == 0 && some_files)
		e = allow(filter, files, sizeof files / sizeof *files);
	if (e == 0)
		e = seccomp_load(filter);
	seccomp_release(filter);
	if (e < 0) {
		errno = -e;
		err(1, "seccomp");
	}
}

void
sandbox_close(const struct sandbox_keep *keep)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		err(1, "no_new_privs");
	close_files(keep->dir[0], keep->dir[1]);
	close_calls(keep);
}
