#define _GNU_SOURCE		/* renameat2 */

#include "base/newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* For file systems that cannot rename so: a link does not replace either. */
static bool
link_and_unlink(int dir, const char *from, const char *to)
{
	return linkat(dir, from, dir, to, 0) == 0 &&
	    unlinkat(dir, from, 0) == 0;
}

bool
newfile_rename(int dir, const char *from, const char *to)
{
	if (renameat2(dir, from, dir, to, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS && errno != EPERM)
		return false;
	return link_and_unlink(dir, from, to);
}

bool
newfile_is_special(int dir, const char *name)
{
	struct stat st;

	return fstatat(dir, name, &st, 0) == 0 && !S_ISREG(st.st_mode) &&
	    !S_ISDIR(st.st_mode);
}
