/* Elsewhere there is no common way to ask for it. */
#include "base/pathmtu.h"

size_t
pathmtu(int fd, int family)
{
	(void)fd, (void)family;
	return 0;
}
