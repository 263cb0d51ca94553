opencode models llmbase
