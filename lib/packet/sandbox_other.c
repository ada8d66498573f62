/* Systems without capabilities, Landlock and seccomp: another user, no more. */
#define _DEFAULT_SOURCE		/* initgroups */

#include "packet/sandbox.h"

#include <err.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

const char *
sandbox_drop(const char *user)
{
	const struct passwd *p;

	if (user == NULL && geteuid() == 0)
		user = "nobody";
	if (user == NULL)
		return NULL;
	p = getpwnam(user);
	if (p == NULL)
		errx(2, "-Z: no such user: \"%s\"", user);
	if (p->pw_uid == geteuid() && p->pw_uid == getuid())
		return NULL;
	if (initgroups(user, p->pw_gid) == -1 || setgid(p->pw_gid) == -1 ||
	    setuid(p->pw_uid) == -1)
		err(1, "-Z: cannot become %s", user);
	return user;
}

void
sandbox_close(const struct sandbox_keep *keep)
{
	(void)keep;
}
