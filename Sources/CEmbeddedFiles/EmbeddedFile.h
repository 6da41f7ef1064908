// One element of a list of files: the file that the macro FILE_PATH names. Included once for each, so no guard.
// The compiler takes note of the file: where it changes, the list is compiled anew.
{
    FILE_PATH,
    (const char[]) {
#embed FILE_PATH suffix(, 0) if_empty(0)
    },
},
#undef FILE_PATH
