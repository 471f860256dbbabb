# compareVersion of R. It does not check its arguments; numeric_version does.
if (length(commandArgs(trailingOnly = TRUE)) > 0) {
  cat(as.character(getRversion()), "\n", sep = "")
  quit()
}

lines <- readLines(file("stdin"))
pairs <- strsplit(paste0(lines, "\t"), "\t", fixed = TRUE)
left <- vapply(pairs, `[`, "", 1)
right <- vapply(pairs, function(p) if (length(p) > 1) p[2] else "", "")
valid <- function(x) grepl(paste0("^", .standard_regexps()$valid_numeric_version, "$"), x)
fits <- valid(left) & valid(right)
# A number that does not fit into 32 bits is missing for R, and its comparison an error.
answers <- vapply(seq_along(lines), function(i) {
  if (!fits[i]) return("!")
  c <- suppressWarnings(tryCatch(compareVersion(left[i], right[i]), error = function(e) NA))
  if (is.na(c)) "!" else as.character(c)
}, "")
writeLines(answers)
