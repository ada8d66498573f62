/*
 * Inputs of the corpus, without a fuzzer: each operand is a file, or a
 * directory of files.  Each has a process of its own.
 */
#include <sys/stat.h>
#include <sys/wait.h>

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static unsigned inputs, failures;

static void
take_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct stat st;
	uint8_t *data;
	int status;
	pid_t pid;

	if (f == NULL || fstat(fileno(f), &st) == -1 ||
	    (data = malloc((size_t)st.st_size + 1)) == NULL ||
	    fread(data, 1, (size_t)st.st_size, f) != (size_t)st.st_size) {
		perror(path);
		exit(1);
	}
	fclose(f);
	/* A block of the size, so that a read beyond its end is seen. */
	data = realloc(data, st.st_size > 0 ? (size_t)st.st_size : 1);
	if (data == NULL)
		exit(1);
	pid = fork();
	if (pid == 0) {
		LLVMFuzzerTestOneInput(data, (size_t)st.st_size);
		_exit(0);
	}
	free(data);
	inputs++;
	if (pid == -1 || waitpid(pid, &status, 0) == -1 || status != 0) {
		printf("failed: %s\n", path);
		failures++;
	}
}

static void
take_dir(const char *path)
{
	DIR *d = opendir(path);
	const struct dirent *e;
	char name[4096];

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (*e->d_name == '.')
			continue;
		snprintf(name, sizeof name, "%s/%s", path, e->d_name);
		take_file(name);
	}
	if (d != NULL)
		closedir(d);
}

int
main(int argc, char **argv)
{
	struct stat st;

	for (int i = 1; i < argc; i++)
		if (stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode))
			take_dir(argv[i]);
		else
			take_file(argv[i]);
	printf("%u inputs\n", inputs);
	return inputs == 0 || failures > 0;
}
