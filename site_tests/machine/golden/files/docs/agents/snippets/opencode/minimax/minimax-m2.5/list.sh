opencode models exempla
