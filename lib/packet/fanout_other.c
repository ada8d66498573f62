/* Systems without such groups. */
#include "packet/fanout.h"

#include <errno.h>

int
fanout_join(int fd, int group, bool by_quote)
{
	(void)fd;
	(void)group;
	(void)by_quote;
	errno = ENOTSUP;
	return -1;
}
