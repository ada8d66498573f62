# Flow records as a data frame with the right types.
#
#	source("flows.R")
#	t <- read_flows("flows.tsv")
#	aggregate(bytes ~ proto, t, sum)
#
# Times are POSIXct, which are floating-point numbers, good to the
# microsecond; integers are numbers, exact as far as records go (2^53);
# histograms are matrices of two columns, value and count.

read_stream <- function(option, file, ...) {
	command <- paste("flowcut", option, shQuote(file))
	lines <- suppressWarnings(system(command, intern = TRUE))
	if (!is.null(attr(lines, "status")))
		stop("failed: ", command, call. = FALSE)
	read.delim(text = lines, quote = "", comment.char = "",
		check.names = FALSE, encoding = "UTF-8", ...)
}

# Values of fun and tos are hexadecimal; those of win stay text, so that its
# bins are a named vector.
histogram <- function(name) {
	base <- if (name %in% c("fun", "rfun", "tos", "rtos")) 16L else 10L
	function(text) {
		if (is.na(text))
			return(NULL)
		bins <- strsplit(text, ",", fixed = TRUE)[[1]]
		bins <- strsplit(bins[!startsWith(bins, "+")], ":", fixed = TRUE)
		value <- vapply(bins, `[`, "", 1)
		count <- as.numeric(vapply(bins, `[`, "", 2))
		if (name %in% c("win", "rwin"))
			return(setNames(count, value))
		cbind(value = strtoi(value, base), count = count)
	}
}

read_flows <- function(file) {
	kind <- read_stream("-pT", file, colClasses = "character")
	t <- read_stream("-p", file, na.strings = "-", colClasses = "character")
	for (i in seq_len(nrow(kind))) {
		name <- kind$name[i]
		t[[name]] <- switch(kind$type[i],
			integer = , real = as.numeric(t[[name]]),
			time = as.POSIXct(as.numeric(t[[name]]),
				origin = "1970-01-01", tz = "UTC"),
			histogram = I(lapply(t[[name]], histogram(name))),
			t[[name]])
	}
	t
}

# --help and --version, of the script that Rscript runs.
asked <- function() {
	of <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1])
	word <- commandArgs(trailingOnly = TRUE)[1]
	if (word %in% c("-h", "--help")) {
		text <- readLines(of)
		n <- match(FALSE, startsWith(text, "#")) - 1
		writeLines(sub("^# ?", "", text[seq_len(n)]))
		quit("no", 0)
	}
	if (word %in% c("-V", "--version")) {
		said <- system2("flowcut", "-V", stdout = TRUE)
		writeLines(sub("^[^ ]*", basename(of), said))
		quit("no", 0)
	}
}

if (sys.nframe() == 0) {
	asked()
	t <- read_flows(commandArgs(trailingOnly = TRUE)[1])
	sums <- tapply(t$bytes + t$rbytes, t$proto, sum)
	cat(sprintf("%s\t%.0f\n", names(sums), sums), sep = "")
}
